"""``campaigns coverage``."""

from __future__ import annotations

import click
import flask
from flask.cli import AppGroup

from training_oversight.accounts.cli import actor
from training_oversight.accounts.permissions import Permission
from training_oversight.campaigns import queries
from training_oversight.campaigns.queries import coverage
from training_oversight.campaigns.queries.coverage import Part
from training_oversight.campaigns.queries.states import TargetState
from training_oversight.database import current_session
from training_oversight.errors import NotPermitted
from training_oversight.texts import Text
from training_oversight.web.commands import answer, speaking_errors

group = AppGroup("campaigns", help="Campaigns and how far they are.")
T = TargetState
PARTS = (T.VISITED, T.PLANNED, T.NOT_POSSIBLE, T.EXEMPT, T.LEFT)


@group.command("coverage")
@click.argument("code", metavar="CODE")
@click.option("--by")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@speaking_errors
def show(code: str, by: str | None, form: str) -> None:
    """How the targets of a campaign divide, for instance ZX-2026-01. The parts add up."""
    session = current_session()
    officer = actor(session, by)
    if not officer.may(Permission.VIEW_CAMPAIGNS):
        raise NotPermitted(Text("%(name)s may not read campaigns.", name=officer.name))
    campaign = queries.named(session, officer, code)
    found = coverage.coverage(session, campaign.id, {})
    codes = coverage.codes(session, [int(str(one.key)) for one in found.townships])
    rows = [{"division": codes[int(str(one.key))], **_figures(one)} for one in found.townships]
    rows.sort(key=lambda row: str(row["division"]))
    by_township = rows if form == "json" else [_in_words(row) for row in rows]
    answer({"campaign": campaign.number, **_figures(found.whole), "by_township": by_township}, form)


def _figures(part: Part) -> dict[str, object]:
    return {"targets": part.targets, **{one.value: part.of(one) for one in PARTS}}


def _in_words(row: dict[str, object]) -> str:
    return f"{row['division']} {row['visited']}/{row['targets']}"


def register(app: flask.Flask) -> None:
    app.cli.add_command(group)

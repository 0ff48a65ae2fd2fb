"""``refunds totals``."""

from __future__ import annotations

import click
import flask
from flask.cli import AppGroup

from training_oversight import amounts
from training_oversight.accounts.cli import actor
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.errors import NotPermitted
from training_oversight.refunds import queries
from training_oversight.texts import Text
from training_oversight.web.commands import answer, speaking_errors

group = AppGroup("refunds", help="Refunds of families, and closing events.")


@group.command("totals")
@click.argument("event", metavar="EVENT")
@click.option("--by")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@speaking_errors
def totals(event: str, by: str | None, form: str) -> None:
    """The running total of a closing event, for instance TY-2026-01. Amounts are whole fen."""
    session = current_session()
    officer = actor(session, by)
    if not officer.may(Permission.VIEW_REFUNDS):
        raise NotPermitted(Text("%(name)s may not read refunds.", name=officer.name))
    found = queries.event_named(session, officer, event)
    one = queries.totals(session, [found.id])[found.id]
    by_way = {way.value: fen for way, fen in one.by_way.items()}
    amount = (lambda fen: fen) if form == "json" else amounts.plain
    answer(
        {
            "event": found.number,
            "families": one.families,
            "due": amount(one.due),
            "paid": amount(one.paid),
            "left": amount(one.left),
            "by_way": by_way if form == "json" else _in_words(by_way),
        },
        form,
    )


def _in_words(by_way: dict[str, int]) -> str:
    return ", ".join(f"{way} {amounts.plain(fen)}" for way, fen in by_way.items())


def register(app: flask.Flask) -> None:
    app.cli.add_command(group)

"""``refunds totals`` and ``refunds figures``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

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


@group.command("figures")
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help="First day of the period.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day of the period.")
@click.option("--by")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@speaking_errors
def figures(since: datetime | None, until: datetime | None, by: str | None, form: str) -> None:
    """The refunds that were entered in a period, by way, kind and township. Amounts are whole fen.

    The parts add up to the whole; withdrawn refunds are in none of them.
    """
    session = current_session()
    officer = actor(session, by)
    if not officer.may(Permission.VIEW_REFUNDS):
        raise NotPermitted(Text("%(name)s may not read refunds.", name=officer.name))
    period = queries.Period(since.date() if since else None, until.date() if until else None)
    found = queries.figures(session, officer, period)
    by_way = {way.value: fen for way, fen in found.total.by_way.items()}
    as_json = form == "json"
    amount = (lambda fen: fen) if as_json else amounts.plain
    answer(
        {
            "from": period.since,
            "until": period.until,
            **_numbers(found.total, amount),
            "by_way": by_way if as_json else _in_words(by_way),
            "by_kind": _parts(found.by_kind, as_json=as_json),
            "by_township": _parts(found.by_township, as_json=as_json),
            "events_opened": found.events.opened,
            "events_open": found.events.open,
            "events_closed": found.events.closed,
        },
        form,
    )


def _numbers(one: queries.Totals, amount: Callable[[int], object]) -> dict[str, object]:
    return {
        "families": one.families,
        "refunds": one.refunds,
        "due": amount(one.due),
        "paid": amount(one.paid),
        "left": amount(one.left),
    }


def _parts(parts: Sequence[queries.Part], *, as_json: bool) -> object:
    """By the code of the kind or township, with its name where there is one."""
    if as_json:
        return {
            one.code: {
                **({"name": one.name} if one.name else {}),
                **_numbers(one.totals, lambda fen: fen),
            }
            for one in parts
        }
    return ", ".join(f"{one.name or one.code} {amounts.plain(one.totals.due)}" for one in parts)


def _in_words(by_way: dict[str, int]) -> str:
    return ", ".join(f"{way} {amounts.plain(fen)}" for way, fen in by_way.items())


def register(app: flask.Flask) -> None:
    app.cli.add_command(group)

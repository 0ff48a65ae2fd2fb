"""``law due``: here and not in the law, because it counts with the county's calendar; and
``calendar``, by which the operator enters the State's days off for every county."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import click
import flask
from flask.cli import AppGroup

from training_oversight import law
from training_oversight.accounts import queries as accounts
from training_oversight.catalogue import queries, service
from training_oversight.database import current_session, transaction
from training_oversight.errors import BadInput
from training_oversight.law import Period, Unit
from training_oversight.texts import Text
from training_oversight.web.commands import answer, speaking_errors

UNITS = {unit.value: unit for unit in Unit}
DAY = click.DateTime(["%Y-%m-%d"])
# The longest holiday there is, with room to spare: a slip in the year is caught.
MOST_DAYS = 31
group = AppGroup("law", help="Periods and working days.")
days = AppGroup("calendar", help="The State's days off and made-up working days, for every county.")


@group.command("due")
@click.option("--from", "start", required=True, type=DAY)
@click.option("--length", required=True, type=int)
@click.option("--unit", required=True, type=click.Choice(list(UNITS)))
@click.option("--county", help="Code of the county whose own days count, too.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@speaking_errors
def due(start: datetime, length: int, unit: str, county: str | None, form: str) -> None:
    """The last day of a period that an event on --from sets going."""
    authority = accounts.authority_by_code(current_session(), county) if county else None
    calendar = queries.working_calendar(
        current_session(), authority_id=authority.id if authority else None
    )
    found = law.due(start.date(), Period(length, UNITS[unit]), calendar)
    answer(
        {
            "due_on": found.due_on,
            "provisional": found.provisional,
            "skipped": [str(day) for day in found.skipped],
            "made_up": [str(day) for day in found.made_up],
        },
        form,
    )


@days.command("enter")
@click.option("--from", "first", required=True, type=DAY)
@click.option("--to", "last", type=DAY, help="Default: one day only.")
@click.option("--working", is_flag=True, help="Made-up working days; without it, days off.")
@click.option("--name", required=True, help="The occasion, for instance 春节.")
@click.option("--source", required=True, help="Number of the State Council's notice.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@speaking_errors
def enter(
    first: datetime, last: datetime | None, working: bool, name: str, source: str, form: str
) -> None:
    """Enter days of the State Council's arrangement; days entered before are corrected."""
    wanted = _days(first.date(), (last or first).date())
    with transaction() as session:
        for day in wanted:
            service.enter_state_day(
                session,
                day,
                working=working,
                name=name,
                source=source,
                by=accounts.system(session),
            )
    answer({"entered": [str(day) for day in wanted], "working": working}, form)


def _days(first: date, last: date) -> list[date]:
    count = (last - first).days + 1
    if not 1 <= count <= MOST_DAYS:
        raise BadInput(Text("Enter 1 to %(count)s days at a time.", count=MOST_DAYS))
    return [first + timedelta(n) for n in range(count)]


@days.command("take-back")
@click.argument("day", type=DAY)
@speaking_errors
def take_back(day: datetime) -> None:
    """A day entered wrongly is again what the shipped calendar and the week say."""
    with transaction() as session:
        service.take_back_state_day(session, day.date(), by=accounts.system(session))


@days.command("confirm")
@click.argument("year", type=click.IntRange(2018, 2100))
@click.option("--source", required=True, help="Number of the State Council's notice.")
@speaking_errors
def confirm(year: int, source: str) -> None:
    """Say that all days of a year are entered: its dates are no longer provisional."""
    with transaction() as session:
        service.confirm_year(session, year, source=source, by=accounts.system(session))


def register(app: flask.Flask) -> None:
    app.cli.add_command(group)
    app.cli.add_command(days)

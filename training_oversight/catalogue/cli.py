"""``law due``: here and not in the law, because it counts with the county's calendar."""

from __future__ import annotations

from datetime import datetime

import click
import flask
from flask.cli import AppGroup

from training_oversight import law
from training_oversight.catalogue import queries
from training_oversight.database import current_session
from training_oversight.law import Period, Unit
from training_oversight.web.commands import answer, speaking_errors

UNITS = {unit.value: unit for unit in Unit}
group = AppGroup("law", help="Periods and working days.")


@group.command("due")
@click.option("--from", "start", required=True, type=click.DateTime(["%Y-%m-%d"]))
@click.option("--length", required=True, type=int)
@click.option("--unit", required=True, type=click.Choice(list(UNITS)))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@speaking_errors
def due(start: datetime, length: int, unit: str, form: str) -> None:
    """The last day of a period that an event on --from sets going."""
    calendar = queries.working_calendar(current_session())
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


def register(app: flask.Flask) -> None:
    app.cli.add_command(group)

"""``errands run`` and ``errands list``."""

from __future__ import annotations

import click
import flask
from flask.cli import AppGroup

from training_oversight.accounts.models import Scope
from training_oversight.database import current_session
from training_oversight.errands import presenting, queries, running
from training_oversight.errands.models import Errand
from training_oversight.web.commands import answer, speaking_errors

group = AppGroup("errands", help="Long work that officers asked for.")
FORMAT = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")


@group.command("run")
@FORMAT
@speaking_errors
def run(form: str) -> None:
    """Run what waits, in this process, and end. The scheduler does this all the time."""
    turns = running.run_waiting()
    left = len(queries.under_way(current_session(), Scope.everything()))
    answer({"turns": turns, "left": left}, form)


@group.command("list")
@FORMAT
@speaking_errors
def list_errands(form: str) -> None:
    """What waits or runs now, oldest first."""
    found = queries.under_way(current_session(), Scope.everything())
    if form == "json":
        answer({"errands": [_told(errand) for errand in found]}, form)
        return
    for errand in found:
        line = (errand.id, errand.state.label, presenting.label(errand), errand.asked_by.name)
        click.echo("  ".join(str(word) for word in line))


def _told(errand: Errand) -> dict[str, object]:
    return {
        "id": errand.id,
        "kind": errand.kind,
        "state": errand.state.value,
        "asked_by": errand.asked_by.username,
        "asked_at": errand.asked_at,
        "done": errand.done,
        "total": errand.total,
        "attempts": errand.attempts,
    }


def register(app: flask.Flask) -> None:
    app.cli.add_command(group)

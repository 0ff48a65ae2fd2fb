"""``audit verify``."""

from __future__ import annotations

import dataclasses
import sys

import click
import flask
from flask.cli import AppGroup

from training_oversight.audit import queries
from training_oversight.database import current_session
from training_oversight.web.commands import Exit, answer, speaking_errors

group = AppGroup("audit", help="The history and its seals.")


@group.command("verify")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@speaking_errors
def verify(form: str) -> None:
    """Recompute every seal; exit with 1 when one does not hold."""
    verdict = queries.verify(current_session())
    answer(dataclasses.asdict(verdict), form)
    sys.exit(Exit.FAULT if verdict.broken else Exit.DONE)


def register(app: flask.Flask) -> None:
    app.cli.add_command(group)

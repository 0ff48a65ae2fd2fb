"""``database upgrade`` and ``database check``."""

from __future__ import annotations

import sys

import click
import flask
from flask.cli import AppGroup

from training_oversight import schema
from training_oversight.web.commands import Exit, speaking_errors

group = AppGroup("database", help="The database and its schema.")


@group.command("upgrade")
@speaking_errors
def upgrade() -> None:
    """Bring the database to the present schema and the shipped catalogue to this release."""
    schema.upgrade()


@group.command("check")
def check() -> None:
    """Exit with 1 when the migrations do not build exactly the models."""
    found = schema.differences()
    for difference in found:
        click.echo(str(difference), err=True)
    sys.exit(Exit.FAULT if found else Exit.DONE)


def register(app: flask.Flask) -> None:
    app.cli.add_command(group)

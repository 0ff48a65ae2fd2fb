"""``database upgrade`` and ``database check``."""

from __future__ import annotations

import sys

import click
import flask
from flask.cli import AppGroup

from training_oversight import schema, soundness
from training_oversight.database import current_database, is_set_up
from training_oversight.web.commands import Exit, speaking_errors

group = AppGroup("database", help="The database and its schema.")


@group.command("upgrade")
@speaking_errors
def upgrade() -> None:
    """Bring the database to the present schema and the shipped catalogue to this release."""
    schema.upgrade()


@group.command("check")
@speaking_errors
def check() -> None:
    """Exit with 1 when the migrations do not build the models, or this database is not sound.

    Of a database that is set up: whether all that guards it is there, and its pages are whole.
    """
    found = [str(difference) for difference in schema.differences()]
    if is_set_up():
        with current_database().engine.connect() as connection:
            found += soundness.faults(connection)
            for sentence in soundness.not_looked_at(connection):
                click.echo(sentence, err=True)
    for fault in found:
        click.echo(fault, err=True)
    sys.exit(Exit.FAULT if found else Exit.DONE)


def register(app: flask.Flask) -> None:
    app.cli.add_command(group)

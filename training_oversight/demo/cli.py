"""``demo load``."""

from __future__ import annotations

import click
import flask
from flask.cli import AppGroup

from training_oversight.demo import loading
from training_oversight.demo.people import PASSWORD, SIGN_INS
from training_oversight.errors import WrongState
from training_oversight.texts import Text
from training_oversight.web.commands import speaking_errors

group = AppGroup("demo", help="The invented demo county.")


@group.command("load")
@speaking_errors
def load() -> None:
    """Make the demo county once, in an empty database, and print its sign-ins."""
    if not flask.current_app.config["DEMO"]:
        # Its passwords are known to everybody, and so is its key.
        raise WrongState(Text("The demo county is loaded in demo mode only: set DEMO=1."))
    if not loading.is_loaded():
        loading.load()
    for username, name, role, county in SIGN_INS:
        click.echo(f"{username:<14}{PASSWORD}   {county} {name} {role.label}")


def register(app: flask.Flask) -> None:
    app.cli.add_command(group)

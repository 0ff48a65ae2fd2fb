"""The group of the register's commands; upper areas add theirs to it."""

from __future__ import annotations

import flask
from flask.cli import AppGroup

from training_oversight.registry.importing import cli as importing

group = AppGroup("registry", help="The register of institutions.")


def register(app: flask.Flask) -> None:
    for command in importing.COMMANDS:
        group.add_command(command)
    app.cli.add_command(group)

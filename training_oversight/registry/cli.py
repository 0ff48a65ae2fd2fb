"""The group of the register's commands; upper areas add theirs to it."""

from __future__ import annotations

import flask
from flask.cli import AppGroup

group = AppGroup("registry", help="The register of institutions.")


def register(app: flask.Flask) -> None:
    app.cli.add_command(group)

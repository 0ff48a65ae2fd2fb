"""``complaints …``: the commands that are about complaints; areas above add theirs."""

from __future__ import annotations

import flask
from flask.cli import AppGroup

group = AppGroup("complaints", help="Complaints, and the orders of the 12345 centre.")


def register(app: flask.Flask) -> None:
    app.cli.add_command(group)

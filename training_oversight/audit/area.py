"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.audit import cli, telling
from training_oversight.web import meanwhile


def register(app: flask.Flask) -> None:
    cli.register(app)
    meanwhile.hand_in(app, telling.meanwhile)

"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.audit import cli


def register(app: flask.Flask) -> None:
    cli.register(app)

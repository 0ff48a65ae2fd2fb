"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.orders import cli


def register(app: flask.Flask) -> None:  # noqa: ARG001 (every area is handed the app)
    cli.register()

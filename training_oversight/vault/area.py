"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.vault import cli, sealing


def register(app: flask.Flask) -> None:
    cli.register(app)
    app.jinja_env.tests["lost"] = sealing.is_lost

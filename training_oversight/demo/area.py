"""What the demo county hands to the app: its command, and its sign-ins in demo mode."""

from __future__ import annotations

import flask

from training_oversight.demo import cli
from training_oversight.demo.people import PASSWORD, SIGN_INS


def register(app: flask.Flask) -> None:
    cli.register(app)
    if app.config["DEMO"]:
        app.config["DEMO_SIGN_INS"] = SIGN_INS
        app.config["DEMO_PASSWORD"] = PASSWORD

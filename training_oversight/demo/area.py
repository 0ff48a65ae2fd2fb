"""What the demo county hands to the app: its command; in demo mode its sign-ins and /design."""

from __future__ import annotations

import flask

from training_oversight.demo import cli
from training_oversight.demo.people import PASSWORD, SIGN_INS
from training_oversight.web import design


def register(app: flask.Flask) -> None:
    cli.register(app)
    if app.config["DEMO"]:
        app.register_blueprint(design.blueprint)
        app.config["DEMO_SIGN_INS"] = SIGN_INS
        app.config["DEMO_PASSWORD"] = PASSWORD

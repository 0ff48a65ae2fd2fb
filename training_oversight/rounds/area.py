"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.rounds import views


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)

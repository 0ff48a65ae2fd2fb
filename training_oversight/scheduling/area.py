"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.errands import liveness
from training_oversight.scheduling import cli, views


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    liveness.told_by(app, views.is_heard)
    cli.register(app)

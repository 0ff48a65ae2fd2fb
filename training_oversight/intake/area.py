"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.intake import cli, views
from training_oversight.intake.checking import views as checking


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    app.register_blueprint(checking.bp)
    cli.register()

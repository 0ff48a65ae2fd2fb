"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.files import views
from training_oversight.files.addresses import file_url


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    app.jinja_env.globals["file_url"] = file_url

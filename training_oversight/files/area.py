"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.audit.subjects import HistorySubject
from training_oversight.files import views
from training_oversight.files.addresses import file_url
from training_oversight.texts import Text
from training_oversight.web.contributions import contributions

HISTORY = (HistorySubject(Text("File"), ("attachment",), 83),)


def register(app: flask.Flask) -> None:
    contributions(app).add(*HISTORY)
    app.register_blueprint(views.bp)
    app.jinja_env.globals["file_url"] = file_url

"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.audit.subjects import HistorySubject
from training_oversight.errands import cli, views
from training_oversight.texts import Text
from training_oversight.web.contributions import contributions
from training_oversight.web.navigation import MenuEntry

HISTORY = (HistorySubject(Text("Work in the background"), ("errand",), 82),)


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    contributions(app).add(*HISTORY, MenuEntry(Text("My errands"), "errands.index"))
    cli.register(app)

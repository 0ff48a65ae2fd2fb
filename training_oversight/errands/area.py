"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.errands import cli, views
from training_oversight.texts import Text
from training_oversight.web.contributions import MenuEntry, contributions


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    contributions(app).add(MenuEntry(Text("My errands"), "errands.index"))
    cli.register(app)

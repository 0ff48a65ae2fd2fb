"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.enforcement import contributed, views
from training_oversight.web.contributions import contributions


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    contributions(app).add(
        *contributed.NAVIGATION,
        *contributed.PANELS,
        contributed.RAISE,
        contributed.STEPS,
        contributed.CASES,
    )

"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.telling import (
    asking_views,
    code_views,
    contributed,
    form_views,
    sent_views,
    tracking_views,
    waiting,
)
from training_oversight.web.contributions import contributions

# They put their addresses on one blueprint.
PAGES = (form_views, sent_views, tracking_views)


def register(app: flask.Flask) -> None:
    app.register_blueprint(sent_views.bp)
    app.register_blueprint(code_views.bp)
    app.register_blueprint(asking_views.bp)
    contributions(app).add(
        contributed.TELL_US,
        contributed.CODE,
        asking_views.QUESTIONS,
        asking_views.ASKING,
        waiting.WAITING,
    )

"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.telling import form_views, sent_views, tracking_views

# They put their addresses on one blueprint.
PAGES = (form_views, sent_views, tracking_views)


def register(app: flask.Flask) -> None:
    app.register_blueprint(sent_views.bp)

"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.accounts.permissions import Permission
from training_oversight.doubles import views
from training_oversight.registry.listing import LISTING
from training_oversight.texts import Text
from training_oversight.web.contributions import contributions
from training_oversight.web.listings import Beside


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    contributions(app).add(
        Beside(LISTING, Text("Likely doubles"), "joining.index", Permission.EDIT_REGISTRY)
    )

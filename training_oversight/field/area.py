"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.accounts.permissions import Permission
from training_oversight.field import views
from training_oversight.texts import Text
from training_oversight.web.contributions import contributions
from training_oversight.web.navigation import NavEntry, NavGroup


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    contributions(app).add(
        NavEntry(
            Text("On site, also without network"),
            "field.shell",
            Permission.LOG_VISIT,
            NavGroup.LEDGERS,
            order=3,
            active=frozenset({"field"}),
        ),
    )

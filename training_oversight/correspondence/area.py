"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.accounts.permissions import Permission
from training_oversight.correspondence import presenting, views
from training_oversight.texts import Text
from training_oversight.web.contributions import NavEntry, NavGroup, contributions


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    contributions(app).add(
        presenting.READING,
        NavEntry(
            label=Text("Outbox"),
            endpoint="correspondence.index",
            permission=Permission.VIEW_OUTBOX,
            group=NavGroup.ENFORCEMENT,
            order=5,
            active=frozenset({views.bp.name}),
        ),
    )

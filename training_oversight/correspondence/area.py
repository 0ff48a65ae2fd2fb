"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.accounts.permissions import Permission
from training_oversight.audit.subjects import HistorySubject
from training_oversight.correspondence import presenting, views
from training_oversight.texts import Text
from training_oversight.web.contributions import contributions
from training_oversight.web.navigation import NavEntry, NavGroup

HISTORY = (
    HistorySubject(
        Text("Message"),
        ("message",),
        60,
        "correspondence.show",
        "message_id",
        Permission.VIEW_OUTBOX,
    ),
)


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    contributions(app).add(
        *HISTORY,
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

"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.accounts.permissions import Permission
from training_oversight.audit.subjects import HistorySubject
from training_oversight.publication import (
    cli,
    entry_views,
    public_views,
    reading_views,
    step_views,
    views,
    waiting,
)
from training_oversight.texts import Text
from training_oversight.web.contributions import contributions
from training_oversight.web.navigation import NavEntry, NavGroup

# Each puts its addresses on the one blueprint of the officers' pages.
PAGES = (views, reading_views, step_views, entry_views)


HISTORY = (
    HistorySubject(
        Text("Publication"),
        ("publication",),
        70,
        "publication.show",
        "publication_id",
        Permission.VIEW_PUBLICATIONS,
    ),
)


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    app.register_blueprint(public_views.bp)
    cli.register(app)
    contributions(app).add(
        *HISTORY,
        *waiting.WAITING,
        NavEntry(
            label=Text("Public information"),
            endpoint="publication.index",
            permission=Permission.VIEW_PUBLICATIONS,
            group=NavGroup.PUBLICATION,
            active=frozenset({views.bp.name}),
        ),
    )

"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import calendar_views, cli, views
from training_oversight.texts import Text
from training_oversight.web.contributions import NavEntry, NavGroup, contributions


def register(app: flask.Flask) -> None:
    calendar_views.register(app)
    contributions(app).add(
        NavEntry(
            label=Text("System settings"),
            endpoint="catalogue.index",
            permission=Permission.MANAGE_CATALOGUE,
            group=NavGroup.SETTINGS,
            order=10,
            active=frozenset({views.bp.name}),
        )
    )
    cli.register(app)

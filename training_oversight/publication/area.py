"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.accounts.permissions import Permission
from training_oversight.publication import cli, public_views, queries, steps
from training_oversight.texts import Text
from training_oversight.web.contributions import NavEntry, NavGroup, contributions


def register(app: flask.Flask) -> None:
    # ``steps`` adds its addresses to the same blueprint.
    app.register_blueprint(steps.bp)
    app.register_blueprint(public_views.bp)
    cli.register(app)
    contributions(app).add(
        NavEntry(
            label=Text("Public information"),
            endpoint="publication.index",
            permission=Permission.VIEW_PUBLICATIONS,
            group=NavGroup.PUBLICATION,
            count=queries.waiting_count,
            active=frozenset({steps.bp.name}),
        )
    )

"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.accounts.permissions import Permission
from training_oversight.audit.subjects import HistorySubject
from training_oversight.catalogue import authority_views, calendar_views, cli, map_views, views
from training_oversight.texts import Text
from training_oversight.web.contributions import contributions
from training_oversight.web.navigation import NavEntry, NavGroup

# Each puts its addresses on the one blueprint.
PAGES = (views, authority_views, calendar_views, map_views)


HISTORY = (
    HistorySubject(
        Text("Settings"),
        (
            "institution_kind",
            "violation_type",
            "notice_type",
            "close_reason",
            "checklist",
            "day_limit",
            "refund_formula",
            "answer_rule",
            "repeat_rule",
            "visit_rule",
            "phrase",
            "setting",
        ),
        99,
    ),
)


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    contributions(app).add(
        *HISTORY,
        map_views.READING,
        authority_views.READING,
        NavEntry(
            label=Text("System settings"),
            endpoint="catalogue.index",
            permission=Permission.MANAGE_CATALOGUE,
            group=NavGroup.SETTINGS,
            order=10,
            active=frozenset({views.bp.name}),
        ),
    )
    cli.register(app)

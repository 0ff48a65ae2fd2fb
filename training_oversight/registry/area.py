"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.accounts.leaving import WORK_LEFT
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit.subjects import HistorySubject
from training_oversight.registry import cli, contributed, following, views, waiting
from training_oversight.registry.views import record
from training_oversight.texts import Text
from training_oversight.web.contributions import Fact, Follower, contributions
from training_oversight.web.navigation import NavEntry, NavGroup

HISTORY = (
    HistorySubject(
        Text("Institution"),
        ("institution",),
        10,
        "registry.show",
        "institution_id",
        Permission.VIEW_REGISTRY,
    ),
    HistorySubject(Text("Licence"), ("licence",), 11),
    HistorySubject(Text("Venue"), ("venue",), 12),
)


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    contributions(app).add(
        *HISTORY,
        *waiting.WAITING,
        *record.READINGS,
        NavEntry(
            label=Text("Institutions"),
            endpoint="registry.index",
            permission=Permission.VIEW_REGISTRY,
            group=NavGroup.LEDGERS,
            active=frozenset(
                {"registry", "checking", "dossier", "exports", "imports", "joining", "maps"}
            ),
        ),
        Follower("kinds", following.foreseen, following.followed),
        Fact(Officer, WORK_LEFT, contributed.work_left),
        contributed.LISTING,
        *contributed.BULKS,
        *contributed.FACETS,
    )
    cli.register(app)

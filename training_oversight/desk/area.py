"""What this area hands to the app."""

from __future__ import annotations

import functools
from datetime import date

import flask
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer, Scope
from training_oversight.accounts.permissions import Permission
from training_oversight.desk import (
    gap_views,
    gaps,
    history_views,
    queries,
    search_views,
    views,
    waiting,
)
from training_oversight.desk.dossier import batch_views
from training_oversight.desk.dossier import views as dossier
from training_oversight.texts import Text
from training_oversight.web import page
from training_oversight.web.contributions import Facet, contributions
from training_oversight.web.listings import Bulk
from training_oversight.web.navigation import NavEntry, NavGroup

OWNER, STEP = "owner", "step"
EVERYWHERE = Scope.everything()  # The list that asks adds the officer's own scope.


def _item_gaps(_session: Session, _officer: Officer) -> list[tuple[str, Text]]:
    return [(OWNER, Text("No officer in charge")), (STEP, Text("No next step"))]


@functools.lru_cache(maxsize=8)
def _item_gap(value: str, today: date) -> ColumnElement[bool]:
    """The same clause for the whole day: by it the ledger knows the question it has kept."""
    return gaps.ITEMS[value](EVERYWHERE, today)


def _institution_gaps(_session: Session, officer: Officer) -> list[tuple[str, Text]]:
    mine = [(gap.name, gap.label) for gap in gaps.of_officer(officer)]
    return [*mine, (gaps.ANY, Text("Anything missing"))]


def _institution_gap(value: str, today: date) -> ColumnElement[bool]:
    return gaps.clause(value, EVERYWHERE, today)


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    app.register_blueprint(gap_views.bp)
    app.register_blueprint(history_views.bp)
    app.register_blueprint(dossier.bp)
    app.register_blueprint(search_views.bp)
    page.count_navigation_by(app, "desk.home", queries.counts)
    contributions(app).add(
        *waiting.WAITING,
        NavEntry(
            Text("My work"),
            "desk.home",
            Permission.USE_DESK,
            NavGroup.DESK,
            active=frozenset({"desk", "gaps"}),
        ),
        NavEntry(
            Text("All that was done"),
            "history.index",
            Permission.VIEW_HISTORY,
            NavGroup.SETTINGS,
            order=30,
            active=frozenset({"history"}),
        ),
        Bulk(
            "institutions",
            Text("Print whole files"),
            f"dossier.{batch_views.print_many.__name__}",
            Permission.EXPORT_REGISTRY,
            order=30,
        ),
        Facet("items", "gap", Text("Gap"), _item_gaps, _item_gap),
        Facet("institutions", "gap", Text("Gap"), _institution_gaps, _institution_gap, order=90),
    )

"""What this area hands to the app."""

from __future__ import annotations

import functools
from datetime import date

import flask
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer, Scope
from training_oversight.accounts.permissions import Permission
from training_oversight.desk import gaps, history_views, queries, views
from training_oversight.desk.dossier import views as dossier
from training_oversight.texts import Text
from training_oversight.web import page
from training_oversight.web.contributions import Facet, NavEntry, NavGroup, contributions

OWNER, STEP, DEPARTMENT, ENDING = "owner", "step", "department", "ending"
NO_OWNER = (OWNER, Text("No officer in charge"))
EVERYWHERE = Scope.everything()  # The list that asks adds the officer's own scope.


def _item_gaps(_session: Session, _officer: Officer) -> list[tuple[str, Text]]:
    return [NO_OWNER, (STEP, Text("No next step"))]


@functools.cache
def _item_clause(value: str) -> ColumnElement[bool]:
    return {OWNER: gaps.no_owner, STEP: gaps.no_next_step}[value](EVERYWHERE)


def _item_gap(value: str, _today: date) -> ColumnElement[bool]:
    return _item_clause(value)


def _institution_gaps(_session: Session, _officer: Officer) -> list[tuple[str, Text]]:
    return [
        NO_OWNER,
        (DEPARTMENT, Text("No industry department")),
        (ENDING, Text("Licence coming to its end, nobody in charge")),
    ]


def _institution_gap(value: str, _today: date) -> ColumnElement[bool]:
    clause = {
        OWNER: gaps.institutions_without_owner,
        DEPARTMENT: gaps.institutions_without_department,
        ENDING: gaps.endings_without_owner,
    }
    return clause[value](EVERYWHERE)


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    app.register_blueprint(history_views.bp)
    app.register_blueprint(dossier.bp)
    page.count_navigation_by(app, "desk.home", queries.counts)
    contributions(app).add(
        NavEntry(
            Text("My work"),
            "desk.home",
            Permission.USE_DESK,
            NavGroup.DESK,
            active=frozenset({"desk"}),
        ),
        NavEntry(
            Text("All that was done"),
            "history.index",
            Permission.VIEW_HISTORY,
            NavGroup.SETTINGS,
            order=30,
            active=frozenset({"history"}),
        ),
        Facet("items", "gap", Text("Gap"), _item_gaps, _item_gap),
        Facet("institutions", "gap", Text("Gap"), _institution_gaps, _institution_gap),
    )

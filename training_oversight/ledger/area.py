"""What this area hands to the app."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import flask
import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.inspections.models import Finding
from training_oversight.inspections.workflow import FindingState
from training_oversight.ledger import panels, queries, service, views
from training_oversight.ledger.models import RectificationItem
from training_oversight.registry.models import Institution
from training_oversight.registry.suggestion import PROBLEMS
from training_oversight.texts import Text
from training_oversight.web.contributions import (
    Action,
    Facet,
    Fact,
    Handover,
    NavEntry,
    NavGroup,
    Panel,
    contributions,
)

OPEN, OVERDUE = "open", "overdue"


def _choices(_session: Session, _officer: Officer) -> Sequence[tuple[str, Any]]:
    return [(OPEN, Text("Has open problems")), (OVERDUE, Text("Has overdue problems"))]


def has_problems(value: str, today: date) -> sa.ColumnElement[bool]:
    """Institutions with items on the ledger, or with overdue ones."""
    if value not in (OPEN, OVERDUE):
        return sa.true()
    condition = queries.live() if value == OPEN else RectificationItem.overdue_on(today)
    return sa.exists().where(RectificationItem.institution_id == Institution.id, condition)


def _register_url(finding: Finding) -> str:
    return flask.url_for("ledger.register", finding_id=finding.id)


def _undecided(finding: Finding, officer: Officer) -> bool:
    return finding.state == FindingState.PENDING and officer.scope.covers(finding.division_path)


def _open_items(session: Session, officer: Officer, by: Officer) -> int:
    return queries.count_in_charge_of(session, officer, by.scope)


def _hand_over(session: Session, giver: Officer, taker: Officer, by: Officer) -> int:
    return service.hand_over(session, giver, taker=taker, by=by)


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    contributions(app).add(
        NavEntry(
            Text("Ledger of problems"),
            "ledger.index",
            Permission.VIEW_LEDGER,
            NavGroup.LEDGERS,
            order=3,
            active=frozenset({"ledger"}),
        ),
        Action(
            "finding",
            Text("Put on the ledger"),
            Permission.REGISTER_ITEM,
            url=_register_url,
            applies=_undecided,
        ),
        Panel(
            "institution",
            Text("Open problems"),
            30,
            Permission.VIEW_LEDGER,
            panels.of_institution,
            count=panels.count_of_institution,
        ),
        Fact("institution", PROBLEMS, panels.problems_of_institution),
        Handover(
            "items",
            Text("Open problems that they are responsible for"),
            Permission.MANAGE_ITEM,
            count=_open_items,
            perform=_hand_over,
        ),
        Panel("visit", Text("Items to look at"), 10, Permission.VIEW_LEDGER, panels.of_visit),
        Facet(
            "institutions",
            "problems",
            Text("Problems"),
            _choices,
            has_problems,
            mark=(OPEN, Text("Has open problems")),
        ),
    )

"""What this area hands to the app."""

from __future__ import annotations

import flask
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit.subjects import HistorySubject
from training_oversight.files.addresses import EvidenceAddress
from training_oversight.inspections.models import Finding, Visit
from training_oversight.inspections.workflow import FindingState
from training_oversight.ledger import contributed, queries, service, views, waiting
from training_oversight.ledger.views import filtering, records
from training_oversight.registry.models import Institution
from training_oversight.registry.suggestion import PROBLEMS
from training_oversight.texts import Text
from training_oversight.web.contributions import (
    Action,
    Fact,
    Handover,
    Panel,
    contributions,
)
from training_oversight.web.listings import Listing
from training_oversight.web.navigation import NavEntry, NavGroup

FILES = EvidenceAddress(
    *("rectification_item", "ledger.file", "item_id", (Permission.VIEW_LEDGER,)),
    label=Text("Problem on the ledger"),
    parts={
        "rectification_report": Text("Report of the institution"),
        "verification": Text("Re-check"),
    },
)


def _register_url(finding: Finding) -> str:
    return flask.url_for("ledger.register", finding_id=finding.id)


def _undecided(finding: Finding, officer: Officer) -> bool:
    return finding.state == FindingState.PENDING and officer.scope.covers(finding.division_path)


def _open_items(session: Session, officer: Officer, by: Officer) -> int:
    return queries.count_in_charge_of(session, officer, by.scope)


def _hand_over(session: Session, giver: Officer, taker: Officer, by: Officer) -> int:
    return service.hand_over(session, giver, taker=taker, by=by)


HISTORY = (
    HistorySubject(
        Text("Item"), ("rectification_item",), 30, "ledger.show", "item_id", Permission.VIEW_LEDGER
    ),
)


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    contributions(app).add(
        *HISTORY,
        *waiting.WAITING,
        records.READING,
        FILES,
        NavEntry(
            Text("Ledger of problems"),
            "ledger.index",
            Permission.VIEW_LEDGER,
            NavGroup.LEDGERS,
            order=3,
            active=frozenset({"ledger"}),
        ),
        Action(
            Finding,
            Text("Put on the ledger"),
            Permission.REGISTER_ITEM,
            url=_register_url,
            applies=_undecided,
        ),
        Panel(
            Institution,
            Text("Open problems"),
            30,
            Permission.VIEW_LEDGER,
            contributed.of_institution,
            count=contributed.count_of_institution,
        ),
        Fact(Institution, PROBLEMS, contributed.problems_of_institution),
        Handover(
            "items",
            Text("Open problems that they are responsible for"),
            Permission.MANAGE_ITEM,
            count=_open_items,
            perform=_hand_over,
        ),
        Panel(Visit, Text("Items to look at"), 10, Permission.VIEW_LEDGER, contributed.of_visit),
        *contributed.BULKS,
        contributed.PROBLEMS,
        contributed.OPEN_ITEMS,
        Listing(
            *("items", Text("Ledger of problems"), "ledger.index", Permission.VIEW_LEDGER),
            parameters=filtering.parameters,
            lasting=filtering.lasting,
        ),
    )

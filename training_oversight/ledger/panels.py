"""Sections of the ledger on other areas' pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import flask
from markupsafe import Markup

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.inspections.models import Visit
from training_oversight.ledger import queries, showing
from training_oversight.ledger.models import RectificationItem, Verdict
from training_oversight.ledger.workflow import ItemState
from training_oversight.registry.models import Institution
from training_oversight.registry.suggestion import Problems
from training_oversight.web.components import Status


@dataclass(frozen=True)
class PanelRow:
    """An item in a section; ``url`` where this officer can record the re-check."""

    item: RectificationItem
    state: Status
    time: Status | None = None
    second: Status | None = None
    verdict: Verdict | None = None
    url: str | None = None


def of_institution(institution: Institution, officer: Officer, today: date) -> Markup:
    """What is still on the ledger of this institution."""
    items = queries.of_institution(current_session(), institution.id)
    if not items:
        return Markup("")
    rows = [
        PanelRow(
            item,
            showing.state_of(item),
            showing.time_of(item, today),
            showing.second_time_of(item, today),
        )
        for item in items
    ]
    return Markup(
        flask.render_template(
            "ledger/_institution_panel.html",
            rows=rows,
            institution=institution,
            may_plan=officer.may(Permission.LOG_VISIT),
        )
    )


def count_of_institution(institution: Institution, _officer: Officer, _today: date) -> int:
    return queries.count_of(current_session(), institution.id)


def problems_of_institution(institution: Institution, today: date) -> Problems:
    """For the title line and the suggestion of the institution's page."""
    return queries.problems_of(current_session(), institution.id, today=today)


def of_visit(visit: Visit, officer: Officer, _today: date) -> Markup:
    """What a re-inspection was sent out for, with a verdict each."""
    items = queries.of_visit(current_session(), visit.id)
    if not items:
        return Markup("")
    turns = showing.turns(items, officer)
    rows = [_checked(item, visit, mine=item.id in turns) for item in items]
    return Markup(flask.render_template("ledger/_visit_panel.html", rows=rows))


def _checked(item: RectificationItem, visit: Visit, *, mine: bool) -> PanelRow:
    here = [one for one in item.verifications if one.visit_id == visit.id]
    open_to_me = mine and item.state == ItemState.APPLIED
    return PanelRow(
        item,
        showing.state_of(item),
        verdict=here[-1].verdict if here else None,
        url=flask.url_for("ledger.verify", item_id=item.id) if open_to_me else None,
    )

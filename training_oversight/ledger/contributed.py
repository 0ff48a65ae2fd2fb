"""What the ledger shows on the pages of lower areas: sections of records, a filter and a column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import flask
import sqlalchemy as sa
from markupsafe import Markup
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.inspections.models import Visit
from training_oversight.ledger import presenting, queries
from training_oversight.ledger.models import RectificationItem, Verdict
from training_oversight.ledger.workflow import ItemState
from training_oversight.registry.models import Institution
from training_oversight.registry.suggestion import Problems
from training_oversight.texts import Text
from training_oversight.web import platform_marks
from training_oversight.web.components import Cell, Status
from training_oversight.web.contributions import Facet, FactName
from training_oversight.web.listings import Bulk, Column

OPEN, OVERDUE, NONE = "open", "overdue", "none"
Item = RectificationItem


@dataclass(frozen=True)
class Paper:
    """A served paper about an item; ``requires``: its wording is the requirement as it stands."""

    number: str
    served_on: date
    url: str | None
    requires: bool


# The papers that were served about an item, the latest first: papers are known to upper areas.
PAPERS = FactName[Sequence[Paper]]("papers")


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
            presenting.state_of(item),
            presenting.time_of(item, today),
            presenting.second_time_of(item, today),
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
    turns = presenting.turns(items, officer)
    rows = [_checked(item, visit, mine=item.id in turns) for item in items]
    return Markup(flask.render_template("ledger/_visit_panel.html", rows=rows))


def _checked(item: RectificationItem, visit: Visit, *, mine: bool) -> PanelRow:
    here = [one for one in item.verifications if one.visit_id == visit.id]
    open_to_me = mine and item.state == ItemState.APPLIED
    return PanelRow(
        item,
        presenting.state_of(item),
        verdict=here[-1].verdict if here else None,
        url=flask.url_for("ledger.verify", item_id=item.id, visit=visit.id) if open_to_me else None,
    )


def _choices(_session: Session, _officer: Officer) -> Sequence[tuple[str, Text]]:
    return [
        (OPEN, Text("Has open problems")),
        (OVERDUE, Text("Has overdue problems")),
        (NONE, Text("Has no open problems")),
    ]


def has_problems(value: str, today: date) -> sa.ColumnElement[bool]:
    """Institutions with items on the ledger, with overdue ones, or without any."""
    condition = Item.overdue_on(today) if value == OVERDUE else queries.live()
    found = sa.exists().where(Item.institution_id == Institution.id, condition)
    return ~found if value == NONE else found


def _cells(
    session: Session, _officer: Officer, keys: Sequence[int], today: date
) -> Mapping[int, Cell]:
    overdue = sa.func.sum(sa.case((Item.overdue_on(today), 1), else_=0))
    rows = session.execute(
        sa.select(Item.institution_id, sa.func.count(), overdue)
        .where(Item.institution_id.in_(keys), queries.live())
        .group_by(Item.institution_id)
    )
    return {
        key: Cell(
            count,
            Text("%(count)s overdue", count=late) if late else "",
            url=flask.url_for("ledger.index", institution=key),
        )
        for key, count, late in rows
    }


PROBLEMS = Facet(
    *("institutions", "problems", Text("Problems"), _choices, has_problems),
    permission=Permission.VIEW_LEDGER,
    order=50,
    mark=(OPEN, Text("Has open problems")),
)
OPEN_ITEMS = Column(
    listing="institutions",
    name="problems",
    label=Text("Open problems"),
    cells=_cells,
    permission=Permission.VIEW_LEDGER,
    order=210,
    width="w-96",
    right=True,
)

BULKS = (
    Bulk(
        *("items", Text("Change the officer in charge"), "ledger.assign_many"),
        Permission.MANAGE_ITEM,
        order=10,
    ),
    Bulk(
        *("items", platform_marks.LABEL, "ledger.platform_many"),
        Permission.MANAGE_ITEM,
        order=20,
    ),
    Bulk(
        *("items", Text("Export the chosen"), "ledger.export_chosen"),
        Permission.EXPORT_LEDGER,
        order=30,
    ),
)

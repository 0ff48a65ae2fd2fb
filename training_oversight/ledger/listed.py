"""What the ledger adds to the list of institutions: who has problems on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import flask
import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.ledger import queries
from training_oversight.ledger.models import RectificationItem
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.web.components import Cell
from training_oversight.web.contributions import Facet
from training_oversight.web.listings import Column

OPEN, OVERDUE, NONE = "open", "overdue", "none"
Item = RectificationItem


def _choices(_session: Session, _officer: Officer) -> Sequence[tuple[str, Any]]:
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

"""How many items the views and filters of the list hold."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.accounts.placeholders import AnyOfficer, named
from training_oversight.audit import answers
from training_oversight.ledger.models import RectificationItem
from training_oversight.ledger.queries.lists import SOON, ItemFilter, View, keys, live, view_clause

Item = RectificationItem
# Views that hold a good part of the ledger.
MANY = (View.ALL, View.OVERDUE, View.SOON)
# The other figure of the whole ledger, beside the views.
INSTITUTIONS = "institutions"


@dataclass(frozen=True)
class Total:
    """Both denominators: items, and the institutions that they belong to."""

    items: int
    institutions: int


def counts(
    session: Session,
    officer: Officer,
    *,
    today: date,
    stuck: Sequence[sa.ColumnElement[bool]] = (),
) -> dict[str, int]:
    """How many items each view holds, and the institutions of all: one query.

    ``stuck`` is what upper areas add to the view of items without a next step.
    """
    asked = {**named(officer, today), "soon": today + SOON}
    statement = _counting(tuple(stuck))
    return answers.kept(
        session,
        ("ledger views", statement, *asked.values()),
        lambda: dict(session.execute(statement, asked).one()._mapping),
    )


@functools.lru_cache(maxsize=8)
def _counting(stuck: tuple[sa.ColumnElement[bool], ...]) -> sa.Select[*tuple[object, ...]]:
    """The counts of all views, the same for every officer and day, so built once.

    What many items are in is counted in one pass over an index that holds all it needs; the rest
    each by itself, from the index where there are few.
    """
    officer, today, soon = AnyOfficer(), _any_day("today"), _any_day("soon")
    clauses = {view: view_clause(view, officer, today, soon) for view in View}
    clauses[View.STUCK] = sa.and_(clauses[View.STUCK], *stuck)
    inside = sa.and_(officer.scope.clause(Item.division_path), live())
    passing = [sa.func.count(sa.case((clauses[view], 1))).label(view.value) for view in MANY]
    apart = [
        sa.select(sa.func.count())
        .where(inside, clauses[view])
        .correlate(None)
        .scalar_subquery()
        .label(view.value)
        for view in View
        if view not in MANY
    ]
    institutions = sa.func.count(Item.institution_id.distinct()).label(INSTITUTIONS)
    columns: list[sa.ColumnElement[int]] = [*passing, institutions, *apart]
    return sa.select(*columns).where(inside)


def _any_day(name: str) -> Any:
    return sa.bindparam(name, type_=sa.Date())


def total(
    session: Session,
    officer: Officer,
    wanted: ItemFilter,
    *,
    today: date,
    known: Mapping[str, int] | None = None,
) -> Total:
    """How many are asked for; the whole ledger is not counted again where it is ``known``."""
    if known is not None and wanted == ItemFilter():
        return Total(known[View.ALL.value], known[INSTITUTIONS])

    def counted() -> Total:
        statement = keys(officer, wanted, today=today).with_only_columns(
            sa.func.count(), sa.func.count(Item.institution_id.distinct())
        )
        return Total(*session.execute(statement).one())

    if wanted.extra:
        # What other areas ask is no value that one could tell from another.
        return counted()
    return answers.kept(session, ("ledger total", officer.id, wanted, today), counted)

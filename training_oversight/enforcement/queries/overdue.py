"""What the morning job has to raise."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from training_oversight.enforcement.models import JointCaseItem
from training_oversight.ledger.models import RectificationItem


def _unraised(today: date) -> sa.ColumnElement[bool]:
    """Overdue, and not raised for the deadline that lapsed, whichever of the two it is."""
    item = RectificationItem
    return item.lapsed_on(
        today,
        sa.and_(item.first_lapsed_on(today), ~_raised_for(item.due_on)),
        sa.and_(item.second_lapsed_on(today), ~_raised_for(item.second_due_on)),
    )


def _raised_for(due_on: object) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        JointCaseItem.item_id == RectificationItem.id, JointCaseItem.due_on == due_on
    )


def institutions_to_raise(session: Session, *, today: date) -> Sequence[int]:
    """The institutions with something to raise, of all counties: one query."""
    return session.scalars(
        sa.select(RectificationItem.institution_id)
        .where(_unraised(today))
        .distinct()
        .order_by(RectificationItem.institution_id)
    ).all()


def to_raise(session: Session, institution_id: int, *, today: date) -> Sequence[RectificationItem]:
    """The items of one institution to raise, longest overdue first, kept from others."""
    asked = {"institution": institution_id, "today": today}
    return session.scalars(_to_raise(INSTITUTION), asked).all()


INSTITUTION: sa.BindParameter[int] = sa.bindparam("institution")


@functools.cache
def _to_raise(institution_id: sa.BindParameter[int]) -> sa.Select[RectificationItem]:
    today: Any = sa.bindparam("today", type_=sa.Date())
    return (
        sa.select(RectificationItem)
        .where(RectificationItem.institution_id == institution_id, _unraised(today))
        .order_by(RectificationItem.due_on, RectificationItem.id)
        .options(selectinload(RectificationItem.violation_type))
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def count_overdue(session: Session, *, today: date, unraised: bool = False) -> int:
    """How many items are overdue in all counties, or still to be raised."""
    condition = _unraised(today) if unraised else RectificationItem.overdue_on(today)
    statement = sa.select(sa.func.count()).select_from(RectificationItem).where(condition)
    return session.scalar(statement) or 0


def deadlines_raised(session: Session, item_ids: Sequence[int]) -> set[tuple[int, date | None]]:
    """Item and deadline of what has been raised before."""
    rows = session.execute(
        sa.select(JointCaseItem.item_id, JointCaseItem.due_on).where(
            JointCaseItem.item_id.in_(item_ids), JointCaseItem.due_on.is_not(None)
        )
    )
    return {(row.item_id, row.due_on) for row in rows}

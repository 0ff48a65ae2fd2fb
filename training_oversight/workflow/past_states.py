"""The state of a record on a past day, for one record and for a query.

A move counts from the day on which it happened: a report that was entered a week late was
received all the same. So a figure of a past day may still change while that is entered.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from training_oversight import database
from training_oversight.workflow.models import RecordState

if TYPE_CHECKING:
    from training_oversight.workflow.moves import HasState


def note(
    session: Session, subject: HasState, states: tuple[str, str], *, day: date | None = None
) -> None:
    """Keep that a record went from one state into another; today, unless it happened before."""
    session.add(
        RecordState(
            subject_kind=subject.__tablename__,
            subject_id=subject.id,
            from_state=states[0],
            to_state=states[1],
            day=day or database.written_on(session),
            entered_at=database.instant(session),
        )
    )


def state_on(model: type[HasState], day: date | sa.ColumnElement[date]) -> sa.ColumnElement[str]:
    """The state at the end of that day.

    It is the one that the last move up to that day led to; without such a move, the one that the
    first later move came from; of a record that never moved, the present one.
    """
    last, first = aliased(RecordState), aliased(RecordState)
    until = (
        sa.select(last.to_state)
        .where(*_of(last, model), last.day <= day)
        .order_by(last.id.desc())
        .limit(1)
    )
    before = (
        sa.select(first.from_state)
        .where(*_of(first, model), first.day > day)
        .order_by(first.id)
        .limit(1)
    )
    return sa.func.coalesce(
        until.correlate(model).scalar_subquery(),
        before.correlate(model).scalar_subquery(),
        sa.cast(model.state, sa.Text),
    )


def last_day_into(
    model: type[HasState], state: str, day: date | sa.ColumnElement[date]
) -> sa.ScalarSelect[date]:
    """The day on which it last came into a state, up to that day."""
    moved = aliased(RecordState)
    return (
        sa.select(moved.day)
        .where(*_of(moved, model), moved.to_state == state, moved.day <= day)
        .order_by(moved.id.desc())
        .limit(1)
        .correlate(model)
        .scalar_subquery()
    )


def last_moved(model: type[HasState]) -> sa.ScalarSelect[date]:
    """The day on which it came into its present state; nothing of a record that never moved."""
    moved = aliased(RecordState)
    return (
        sa.select(moved.day)
        .where(*_of(moved, model))
        .order_by(moved.id.desc())
        .limit(1)
        .correlate(model)
        .scalar_subquery()
    )


def _of(moved: type[RecordState], model: type[HasState]) -> tuple[sa.ColumnElement[bool], ...]:
    return moved.subject_kind == model.__tablename__, moved.subject_id == model.id

"""Reading history: timelines, and whether its chains hold."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.audit.bulk import key_of
from training_oversight.audit.models import Event
from training_oversight.audit.verifying import verify
from training_oversight.database import Base

__all__ = ["first_actors", "history", "history_of", "verify"]


def history(session: Session, subject: Base, *, limit: int = 200) -> Sequence[Event]:
    """The events of one record, newest first."""
    return history_of(session, subject.__tablename__, key_of(subject), limit=limit)


def history_of(session: Session, kind: str, key: int, *, limit: int = 200) -> Sequence[Event]:
    return session.scalars(
        sa.select(Event)
        .where(Event.subject_kind == kind, Event.subject_id == key)
        .order_by(Event.sequence.desc())
        .limit(limit)
    ).all()


def first_actors(session: Session, kind: str, keys: Sequence[int]) -> dict[int, str]:
    """Who made each of these records, by the name of that day: one query for all."""
    rows = session.execute(
        sa.select(Event.subject_id, Event.actor_name).where(
            Event.subject_kind == kind, Event.subject_id.in_(keys), Event.sequence == 1
        )
    )
    return dict(rows.all())

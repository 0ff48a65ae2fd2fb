"""Reading history: timelines, and whether the seals hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.audit.bulk import key_of
from training_oversight.audit.models import Event
from training_oversight.database import Base


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


@dataclass
class Verdict:
    """What ``audit verify`` found. ``broken`` names events as ``kind/id#sequence``."""

    records: int = 0
    events: int = 0
    broken: list[str] = field(default_factory=list)


def verify(session: Session) -> Verdict:
    """Recompute every seal. Raises nothing: what is broken is listed."""
    verdict = Verdict()
    record, previous = None, Event(sequence=0, hash="")
    ordered = sa.select(Event).order_by(Event.subject_kind, Event.subject_id, Event.sequence)
    for entry in session.scalars(ordered.execution_options(yield_per=1000)):
        verdict.events += 1
        if (entry.subject_kind, entry.subject_id) != record:
            record, previous = (entry.subject_kind, entry.subject_id), Event(sequence=0, hash="")
            verdict.records += 1
        if not _follows(entry, previous):
            verdict.broken.append(f"{entry.subject_kind}/{entry.subject_id}#{entry.sequence}")
        previous = entry
        session.expunge(entry)
    return verdict


def _follows(entry: Event, previous: Event) -> bool:
    return (
        entry.hash == entry.seal()
        and entry.previous_hash == previous.hash
        and entry.sequence == previous.sequence + 1
    )


def first_actors(session: Session, kind: str, keys: Sequence[int]) -> dict[int, str]:
    """Who made each of these records, by the name of that day: one query for all."""
    rows = session.execute(
        sa.select(Event.subject_id, Event.actor_name).where(
            Event.subject_kind == kind, Event.subject_id.in_(keys), Event.sequence == 1
        )
    )
    return dict(rows.all())

"""Writing history. Every service function that changes something calls one of these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

from training_oversight.audit.bulk import Entry, record_many
from training_oversight.audit.differences import difference, snapshot
from training_oversight.audit.kinds import Actor, EventType
from training_oversight.database import Base


def record(
    session: Session,
    subject: Base,
    kind: EventType,
    *,
    by: Actor,
    note: str = "",
    changes: Mapping[str, object] | None = None,
    states: tuple[str | None, str | None] = (None, None),
    **facts: object,
) -> None:
    """Add an event to the history of ``subject``, in the running transaction."""
    # The key of a new record is given when it is saved.
    session.flush()
    entry = Entry(subject, kind, changes or {}, note, states, facts=facts)
    record_many(session, [entry], by=by)


def record_all(
    session: Session, subjects: Sequence[Base], kind: EventType, *, by: Actor, **facts: object
) -> None:
    """The same event on many records of one kind, in two statements however many."""
    record_many(session, [Entry(subject, kind, facts=facts) for subject in subjects], by=by)


def created(
    session: Session,
    subject: Base,
    kind: EventType,
    *,
    by: Actor,
    note: str = "",
    states: tuple[str | None, str | None] = (None, None),
    **facts: object,
) -> None:
    """Record that ``subject`` came into being, with what it was made of."""
    session.add(subject)
    session.flush()
    made = difference({}, snapshot(subject))
    record_many(session, [Entry(subject, kind, made, note, states, True, facts)], by=by)


def created_all(
    session: Session,
    subjects: Sequence[Base],
    kind: EventType,
    *,
    by: Actor,
    facts: Sequence[Mapping[str, object]] = (),
) -> None:
    """``created`` for many records of one kind, in a few statements however many.

    ``facts``, where there are any, stand in the order of the records.
    """
    session.add_all(subjects)
    session.flush()
    told: Sequence[Mapping[str, object]] = facts or [{}] * len(subjects)
    made = [
        Entry(one, kind, difference({}, snapshot(one)), first=True, facts=known)
        for one, known in zip(subjects, told, strict=True)
    ]
    record_many(session, made, by=by)


@contextmanager
def editing(
    session: Session, subject: Base, kind: EventType, *, by: Actor, **more: Any
) -> Iterator[None]:
    """Record what the block changes on ``subject``; nothing changed, nothing recorded."""
    before = snapshot(subject)
    yield
    # The key of a record that was put beside it is known only when it is saved.
    session.flush()
    changes = difference(before, snapshot(subject))
    if changes:
        record(session, subject, kind, by=by, changes=changes, **more)

"""Writing history. Every service function that changes something calls one of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import database
from training_oversight.audit.differences import difference, masked, plain, snapshot
from training_oversight.audit.models import Event, seal_of
from training_oversight.database import Base
from training_oversight.texts import LabelledEnum, Text

# What the first event of a record follows: no number, no hash.
FIRST = (0, "")


class Actor(Protocol):
    """Who did it: an officer, or the system's own."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class EventType:
    """A kind of event, its words, and the only facts that it may carry."""

    verb: str
    label: Text
    facts: frozenset[str] = frozenset()
    # The states of the record that it happens to, for the words of from and to.
    states: type[LabelledEnum] | None = None
    known: ClassVar[dict[str, EventType]] = {}

    @classmethod
    def declare(
        cls,
        verb: str,
        label: Text,
        facts: Iterable[str] = (),
        states: type[LabelledEnum] | None = None,
    ) -> EventType:
        """Make a kind of event known, so that the timeline can put it into words."""
        kind = cls(verb, label, frozenset(facts), states)
        if cls.known.setdefault(verb, kind) != kind:
            raise ValueError(f"{verb} is declared twice")
        return kind


class UndeclaredFact(ValueError):
    """An event was given a fact that its type does not declare."""


def record(
    session: Session,
    subject: Base,
    kind: EventType,
    *,
    by: Actor,
    note: str = "",
    changes: Mapping[str, Any] | None = None,
    states: tuple[str | None, str | None] = (None, None),
    **facts: Any,
) -> Event:
    """Add an event to the history of ``subject``, in the running transaction."""
    session.flush()
    last = _last(session, subject)
    entry = sealed(
        session,
        subject,
        kind,
        by=by,
        note=note,
        changes=changes or {},
        states=states,
        facts=facts,
        after=(last.sequence, last.hash) if last else FIRST,
    )
    session.add(entry)
    session.flush()
    return entry


def record_all(
    session: Session, subjects: Sequence[Base], kind: EventType, *, by: Actor, **facts: Any
) -> None:
    """The same event on many records of one kind, in two statements however many.

    The caller has locked the records: nobody else may be writing their history.
    """
    if not subjects:
        return
    session.flush()
    last = _last_of_all(session, subjects)
    session.add_all(
        sealed(session, subject, kind, by=by, facts=facts, after=last.get(key_of(subject), FIRST))
        for subject in subjects
    )
    session.flush()


def sealed(
    session: Session,
    subject: Base,
    kind: EventType,
    *,
    by: Actor,
    facts: Mapping[str, Any],
    after: tuple[int, str],
    note: str = "",
    changes: Mapping[str, Any] | None = None,
    states: tuple[str | None, str | None] = (None, None),
) -> Event:
    """The sealed event that follows the one of that sequence number and hash."""
    return Event(
        **sealed_values(
            *(session, type(subject), key_of(subject), kind),
            by=by,
            facts=facts,
            after=after,
            note=note,
            changes=changes,
            states=states,
        )
    )


def sealed_values(
    session: Session,
    model: type[Base],
    key: int,
    kind: EventType,
    *,
    by: Actor,
    facts: Mapping[str, Any],
    after: tuple[int, str],
    note: str = "",
    changes: Mapping[str, Any] | None = None,
    states: tuple[str | None, str | None] = (None, None),
) -> dict[str, Any]:
    """Column -> value of the event that follows the one of that sequence number and hash."""
    if undeclared := facts.keys() - kind.facts:
        raise UndeclaredFact(f"{kind.verb}: {', '.join(sorted(undeclared))}")
    content = {
        "subject_kind": model.__tablename__,
        "subject_id": key,
        "sequence": after[0] + 1,
        "verb": kind.verb,
        "from_state": states[0],
        "to_state": states[1],
        "on_day": database.written_on(session),
        "at": database.instant(session),
        "actor_id": by.id,
        "actor_name": by.name,
        "note": note,
        "changes": masked(model, changes or {}),
        "facts": {name: plain(value) for name, value in facts.items()},
        "previous_hash": after[1],
    }
    return content | {"hash": seal_of(content)}


def created(session: Session, subject: Base, kind: EventType, *, by: Actor, **more: Any) -> Event:
    """Record that ``subject`` came into being, with what it was made of."""
    session.add(subject)
    session.flush()
    return record(session, subject, kind, by=by, changes=difference({}, snapshot(subject)), **more)


def created_all(session: Session, subjects: Sequence[Base], kind: EventType, *, by: Actor) -> None:
    """``created`` for many records of one kind, in a few statements however many."""
    if not subjects:
        return
    session.add_all(subjects)
    session.flush()
    last = _last_of_all(session, subjects)
    session.add_all(
        sealed(
            *(session, subject, kind),
            by=by,
            facts={},
            changes=difference({}, snapshot(subject)),
            after=last.get(key_of(subject), FIRST),
        )
        for subject in subjects
    )
    session.flush()


@contextmanager
def editing(
    session: Session, subject: Base, kind: EventType, *, by: Actor, **more: Any
) -> Iterator[None]:
    """Record what the block changes on ``subject``; nothing changed, nothing recorded."""
    before = snapshot(subject)
    yield
    changes = difference(before, snapshot(subject))
    if changes:
        record(session, subject, kind, by=by, changes=changes, **more)


def _last(session: Session, subject: Base) -> Event | None:
    return session.scalars(
        sa.select(Event)
        .where(Event.subject_kind == subject.__tablename__, Event.subject_id == key_of(subject))
        .order_by(Event.sequence.desc())
        .limit(1)
        .with_for_update()
    ).first()


def _last_of_all(session: Session, subjects: Sequence[Base]) -> dict[int, tuple[int, str]]:
    """Record -> sequence number and hash of its latest event."""
    mine = sa.and_(
        Event.subject_kind == subjects[0].__tablename__,
        Event.subject_id.in_([key_of(subject) for subject in subjects]),
    )
    latest = (
        sa.select(Event.subject_id, sa.func.max(Event.sequence).label("sequence"))
        .where(mine)
        .group_by(Event.subject_id)
        .subquery()
    )
    rows = session.execute(
        sa.select(Event.subject_id, Event.sequence, Event.hash)
        .join(latest, Event.subject_id == latest.c.subject_id)
        .where(mine, Event.sequence == latest.c.sequence)
    )
    return {row.subject_id: (row.sequence, row.hash) for row in rows}


def key_of(subject: Base) -> int:
    """The key under which the record's history is kept."""
    identity = sa.inspect(subject).identity
    assert identity is not None, "only a saved record has a history"
    return int(identity[0])

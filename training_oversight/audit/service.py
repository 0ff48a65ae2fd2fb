"""Writing history. Every service function that changes something calls one of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import database
from training_oversight.audit.models import Event
from training_oversight.database import Base
from training_oversight.texts import LabelledEnum, Text

PROTECTED = ["*", "*"]
# Bookkeeping columns that say nothing to a reader of the history.
SILENT = {"id", "version", "sort_key", "search_text", "division_path", "content_hash"}


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
    if undeclared := facts.keys() - kind.facts:
        raise UndeclaredFact(f"{kind.verb}: {', '.join(sorted(undeclared))}")
    session.flush()
    previous = _last(session, subject)
    entry = Event(
        subject_kind=subject.__tablename__,
        subject_id=key_of(subject),
        sequence=previous.sequence + 1 if previous else 1,
        verb=kind.verb,
        from_state=states[0],
        to_state=states[1],
        on_day=database.written_on(session),
        at=database.instant(session),
        actor_id=by.id,
        actor_name=by.name,
        note=note,
        changes=masked(subject, changes or {}),
        facts={name: plain(value) for name, value in facts.items()},
        previous_hash=previous.hash if previous else "",
    )
    entry.hash = entry.seal()
    session.add(entry)
    session.flush()
    return entry


def created(session: Session, subject: Base, kind: EventType, *, by: Actor, **more: Any) -> Event:
    """Record that ``subject`` came into being, with what it was made of."""
    session.add(subject)
    session.flush()
    return record(session, subject, kind, by=by, changes=difference({}, snapshot(subject)), **more)


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


def snapshot(subject: Base) -> dict[str, Any]:
    """The values of the record's columns, protected ones included."""
    return {
        column.key: plain(getattr(subject, column.key))
        for column in sa.inspect(type(subject)).column_attrs
        if column.key not in SILENT
    }


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Column -> [old, new] for what differs."""
    return {
        name: [before.get(name), value]
        for name, value in after.items()
        if before.get(name) != value
    }


def masked(subject: Base, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes without the values of columns marked ``info={"protected": True}``."""
    columns = sa.inspect(type(subject)).columns
    return {
        name: PROTECTED if columns[name].info.get("protected") else values
        for name, values in changes.items()
    }


def plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    match value:
        case StrEnum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case _:
            return value


def _last(session: Session, subject: Base) -> Event | None:
    return session.scalars(
        sa.select(Event)
        .where(Event.subject_kind == subject.__tablename__, Event.subject_id == key_of(subject))
        .order_by(Event.sequence.desc())
        .limit(1)
        .with_for_update()
    ).first()


def key_of(subject: Base) -> int:
    """The key under which the record's history is kept."""
    identity = sa.inspect(subject).identity
    assert identity is not None, "only a saved record has a history"
    return int(identity[0])

"""Adding events to the chains of their records: for one as for thousands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from training_oversight import bulk, database
from training_oversight.audit.differences import masked, plain
from training_oversight.audit.kinds import Actor, EventType, UndeclaredFact
from training_oversight.audit.models import Event, seal_of
from training_oversight.database import Base

AT_ONCE = 500
# The sequence number and the hash that stand before the first event of a record.
FIRST = (0, "")
PLACE = (Event.subject_kind, Event.subject_id, Event.sequence)

About = tuple[str, int]


@dataclass(frozen=True)
class Inserted:
    """A record that was inserted without the session knowing of it (``bulk``)."""

    model: type[Base]
    key: int


@dataclass(frozen=True)
class Entry:
    """What happened to one record; ``changes`` is column -> [old, new].

    ``first``: the record is new, nobody need look for an earlier event of it.
    """

    subject: Base | Inserted
    kind: EventType
    changes: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    states: tuple[str | None, str | None] = (None, None)
    first: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def model(self) -> type[Base]:
        one = self.subject
        return one.model if isinstance(one, Inserted) else type(one)

    @property
    def key(self) -> int:
        one = self.subject
        return one.key if isinstance(one, Inserted) else key_of(one)

    @property
    def about(self) -> About:
        return self.model.__tablename__, self.key


def key_of(subject: Base) -> int:
    """The key under which the record's history is kept."""
    identity = sa.inspect(subject).identity
    assert identity is not None, "only a saved record has a history"
    return int(identity[0])


class NoPlace(RuntimeError):
    """Somebody else's event stands in the next place of a chain, and we cannot read it."""


def record_many(session: Session, entries: Sequence[Entry], *, by: Actor) -> None:
    """Add one event for each entry. No record occurs twice.

    The records need not be locked. If somebody else has written the next event of a record, we
    wait for their transaction to end, read the chain again and write the one after it. Records
    are taken in the order of their keys, so that no two writers wait for each other.
    """
    session.flush()
    waiting = {entry.about: entry for entry in sorted(entries, key=lambda entry: entry.about)}
    last = _last_of(session, [about for about, entry in waiting.items() if not entry.first])
    while waiting:
        rows = [
            _sealed(session, entry, by=by, after=last.get(about, FIRST))
            for about, entry in waiting.items()
        ]
        for kind, key, _sequence in bulk.insert_absent(session, Event, rows, unique=PLACE):
            del waiting[kind, key]
        if waiting:
            before, last = last, _last_of(session, list(waiting))
            if any(last.get(about) == before.get(about) for about in waiting):
                raise NoPlace


def _sealed(
    session: Session, entry: Entry, *, by: Actor, after: tuple[int, str]
) -> dict[str, object]:
    """Column -> value of the event that follows the one of that sequence number and hash."""
    if undeclared := entry.facts.keys() - entry.kind.facts:
        raise UndeclaredFact(f"{entry.kind.verb}: {', '.join(sorted(undeclared))}")
    content = {
        "subject_kind": entry.model.__tablename__,
        "subject_id": entry.key,
        "sequence": after[0] + 1,
        "verb": entry.kind.verb,
        "from_state": entry.states[0],
        "to_state": entry.states[1],
        "on_day": database.written_on(session),
        "at": database.instant(session),
        "actor_id": by.id,
        "actor_name": by.name,
        "note": entry.note,
        "changes": masked(entry.model, entry.changes),
        "facts": {name: plain(value) for name, value in entry.facts.items()},
        "previous_hash": after[1],
    }
    return content | {"hash": seal_of(content)}


def _last_of(session: Session, records: Sequence[About]) -> dict[About, tuple[int, str]]:
    """Sequence and hash of the last event of each record that has one."""
    keys = defaultdict(list)
    for kind, key in records:
        keys[kind].append(key)
    later = aliased(Event)
    found = {}
    for kind, part in _parts(keys):
        newest = (
            sa.select(sa.func.max(later.sequence))
            .where(later.subject_kind == kind, later.subject_id == Event.subject_id)
            .scalar_subquery()
        )
        wanted = sa.select(Event.subject_id, Event.sequence, Event.hash).where(
            Event.subject_kind == kind, Event.subject_id.in_(part), Event.sequence == newest
        )
        for key, sequence, seal in session.execute(wanted):
            found[kind, key] = (sequence, seal)
    return found


def _parts(keys: Mapping[str, list[int]]) -> Iterator[tuple[str, Sequence[int]]]:
    for kind, all_of_them in keys.items():
        for start in range(0, len(all_of_them), AT_ONCE):
            yield kind, all_of_them[start : start + AT_ONCE]

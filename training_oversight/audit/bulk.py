"""Writing the history of thousands of records with few statements: for imports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from training_oversight import bulk
from training_oversight.audit.models import Event
from training_oversight.audit.service import FIRST, Actor, EventType, key_of, sealed_values
from training_oversight.database import Base

AT_ONCE = 500


@dataclass(frozen=True)
class Inserted:
    """A record that went to its table past the session."""

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
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def model(self) -> type[Base]:
        one = self.subject
        return one.model if isinstance(one, Inserted) else type(one)

    @property
    def key(self) -> int:
        one = self.subject
        return one.key if isinstance(one, Inserted) else key_of(one)

    @property
    def about(self) -> tuple[str, int]:
        return self.model.__tablename__, self.key


def record_many(session: Session, entries: Sequence[Entry], *, by: Actor) -> None:
    """Add one event for each entry, sealed as ``record`` would. No record occurs twice."""
    session.flush()
    last = _last_of(session, [entry for entry in entries if not entry.first])
    rows = [
        sealed_values(
            *(session, entry.model, entry.key, entry.kind),
            by=by,
            facts=entry.facts,
            changes=entry.changes,
            note=entry.note,
            states=entry.states,
            after=last.get(entry.about, FIRST),
        )
        for entry in entries
    ]
    bulk.insert(session, Event, rows)


def _last_of(session: Session, entries: Sequence[Entry]) -> dict[tuple[str, int], tuple[int, str]]:
    """Sequence and hash of the last event of each record that has one."""
    keys = defaultdict(list)
    for entry in entries:
        kind, key = entry.about
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

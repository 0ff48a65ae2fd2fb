"""The history of every record: what happened, who did it, sealed by a hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from training_oversight.audit.guarding import append_only
from training_oversight.database import Base, JsonList, JsonObject, PrimaryKey

# The fact that holds whose lent rights were used: the lender's key, and name on that day.
ACTED_FOR = "acted_for"


class Event(Base):
    """One thing that happened to one record. Rows are never changed or deleted.

    ``hash`` covers every column and the hash of the previous event of the same
    record, so a byte changed behind the system's back is found by ``audit verify``.
    The actor is named by key and by the name of that day: history imports no area.
    """

    __tablename__ = "event"
    __table_args__ = (
        sa.UniqueConstraint("subject_kind", "subject_id", "sequence"),
        sa.Index("ix_event_on_day", "on_day"),
        sa.Index("ix_event_actor_id", "actor_id", "at"),
    )

    id: Mapped[PrimaryKey]
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    sequence: Mapped[int]
    verb: Mapped[str]
    from_state: Mapped[str | None]
    to_state: Mapped[str | None]
    on_day: Mapped[date]
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    actor_name: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    # Column -> [old, new]; for protected columns ["*", "*"]: that it changed, not to what.
    changes: Mapped[JsonObject]
    facts: Mapped[JsonObject]
    previous_hash: Mapped[str]
    hash: Mapped[str]

    def seal(self) -> str:
        """The hash that this event should carry."""
        return seal_of({name: getattr(self, name) for name in SEALED})


SEALED = tuple(
    column.key for column in sa.inspect(Event).columns if column.key not in {"id", "hash"}
)


def seal_of(content: Mapping[str, object]) -> str:
    """The hash over what an event says: every column but its key and the hash itself."""
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


# All events of a transaction bear one instant.
@lru_cache(maxsize=8)
def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))


_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=_plain).encode


class DaySeal(Base):
    """The seal over all that happened on one day, whoever's record it was.

    A chain of hashes per record says nothing of events taken from its end, or of a chain that
    is gone as a whole. This says how many there were, which, and of which records; it covers
    the seal before, and is kept outside as well. An event that arrives after the seal of its
    day gets one of its own, so a day may have several.
    """

    __tablename__ = "day_seal"

    number: Mapped[PrimaryKey] = mapped_column(autoincrement=False)
    day: Mapped[date] = mapped_column(index=True)
    sealed_at: Mapped[datetime]
    # How many this seal covers, and how many all seals to this one.
    events: Mapped[int]
    total: Mapped[int]
    last_id: Mapped[int]
    # The keys of the events it covers, in runs: [[first, last], …].
    ids: Mapped[JsonList]
    # Kind of record -> [[key, first sequence, last sequence], …]; empty where they are too many.
    records: Mapped[JsonObject]
    events_hash: Mapped[str]
    records_hash: Mapped[str]
    previous_hash: Mapped[str]
    hash: Mapped[str]


append_only(
    Event.__table__,  # type: ignore[arg-type]
    unique=(("id",), ("subject_kind", "subject_id", "sequence")),
)
append_only(DaySeal.__table__, unique=(("number",),))  # type: ignore[arg-type]

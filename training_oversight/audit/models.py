"""The history of every record: what happened, who did it, sealed by a hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapped, mapped_column

from training_oversight.database import Base, PrimaryKey

# The fact by which an event says whose lent rights were used: their key and name of that day.
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
    changes: Mapped[dict[str, Any]]
    facts: Mapped[dict[str, Any]]
    previous_hash: Mapped[str]
    hash: Mapped[str]

    def seal(self) -> str:
        """The hash that this event should carry."""
        return seal_of({name: getattr(self, name) for name in SEALED})


SEALED = tuple(
    column.key for column in sa.inspect(Event).columns if column.key not in {"id", "hash"}
)


def seal_of(content: Mapping[str, Any]) -> str:
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


SQLITE_TRIGGERS = tuple(
    f"CREATE TRIGGER event_no_{verb.lower()} BEFORE {verb} ON event "
    "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
    for verb in ("UPDATE", "DELETE")
)
POSTGRESQL_TRIGGERS = (
    "CREATE FUNCTION event_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$",
    "CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event "
    "FOR EACH STATEMENT EXECUTE FUNCTION event_append_only()",
)
for _statement in SQLITE_TRIGGERS:
    event.listen(Event.__table__, "after_create", sa.DDL(_statement).execute_if(dialect="sqlite"))
for _statement in POSTGRESQL_TRIGGERS:
    event.listen(
        Event.__table__, "after_create", sa.DDL(_statement).execute_if(dialect="postgresql")
    )
event.listen(
    Event.__table__,
    "after_drop",
    sa.DDL("DROP FUNCTION IF EXISTS event_append_only()").execute_if(dialect="postgresql"),
)

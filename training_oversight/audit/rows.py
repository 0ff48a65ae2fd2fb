"""Events as they lie in the database. Any column may hold anything, because somebody may have
written past the program; reading never fails for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.audit.models import SEALED, Event, seal_of
from training_oversight.database import Instant

AT_ONCE = 2000
COLUMNS = {column.key: column for column in sa.inspect(Event).columns}


def text_of(session: Session, column: Any) -> sa.ColumnElement[Any]:
    """What a column holds, as text or bytes, whatever its type would make of it."""
    if session.get_bind().dialect.name == "sqlite":
        # Bytes: text that is no UTF-8 stops the driver.
        return sa.cast(column, sa.LargeBinary)
    match column.type:
        case sa.Date():
            return sa.func.to_char(column, "YYYY-MM-DD")
        case Instant():
            return sa.func.to_char(sa.func.timezone("UTC", column), "YYYY-MM-DD HH24:MI:SS.US")
        case _:
            return sa.cast(column, sa.Text)


def said(value: bytes | str | None) -> str:
    """The value for a reader, whatever it is."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value or ""


@dataclass(frozen=True)
class EventRow:
    """One event. ``content`` is nothing where it cannot be read as one."""

    kind: str
    key: str
    sequence: str
    previous_hash: str
    hash: str
    content: Mapping[str, Any] | None

    @property
    def name(self) -> str:
        return f"{self.kind}/{self.key}#{self.sequence}"

    @property
    def record(self) -> tuple[str, str]:
        return self.kind, self.key

    def holds(self) -> bool:
        return self.content is not None and seal_of(self.content) == self.hash


def in_chains(session: Session) -> Iterator[EventRow]:
    """All events, those of one record together and in their order."""
    names = (*SEALED, "hash")
    statement = sa.select(
        *(text_of(session, COLUMNS[name]) for name in names), _of_its_types(session, names)
    ).order_by(Event.subject_kind, Event.subject_id, Event.sequence)
    for *values, sound in session.execute(statement.execution_options(yield_per=AT_ONCE)):
        raw = dict(zip(names, values, strict=True))
        yield EventRow(
            kind=said(raw["subject_kind"]),
            key=said(raw["subject_id"]),
            sequence=said(raw["sequence"]),
            previous_hash=said(raw["previous_hash"]),
            hash=said(raw["hash"]),
            content=_content(raw) if sound else None,
        )


def _of_its_types(session: Session, names: tuple[str, ...]) -> sa.ColumnElement[bool]:
    """Whether each value is of the type that was declared: SQLite keeps any in any column."""
    if session.get_bind().dialect.name != "sqlite":
        return sa.true()
    return sa.and_(*(_of_its_type(COLUMNS[name]) for name in names))


def _of_its_type(column: sa.Column[object]) -> sa.ColumnElement[bool]:
    kinds = ["integer" if isinstance(column.type, sa.Integer) else "text"]
    return sa.func.typeof(column).in_([*kinds, "null"] if column.nullable else kinds)


def _content(raw: Mapping[str, Any]) -> dict[str, object] | None:
    try:
        return {name: _read(name, raw[name]) for name in SEALED}
    except (ValueError, RecursionError):
        return None


def _read(name: str, value: bytes | str | None) -> object:
    if value is None:
        return None
    return READERS[name](value.decode("utf-8") if isinstance(value, bytes) else value)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _reader(column: sa.Column[object]) -> Callable[[str], Any]:
    match column.type:
        case sa.Integer():
            return int
        case sa.Date():
            return date.fromisoformat
        case Instant():
            return _instant
        case sa.JSON():
            return json.loads
        case _:
            return str


READERS = {name: _reader(COLUMNS[name]) for name in SEALED}

"""Pages of a long list by the sort key of their edge, not by counting rows off.

Works on both databases as long as the sort columns are never NULL and hold ASCII
text, numbers, days or instants; the last one must be unique.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, and_, literal, or_
from sqlalchemy.orm import QueryableAttribute, Session

SIZE: Final = 50
Row = TypeVar("Row")
_LARGEST: Final = 2**31 - 1
# Beyond this length a cursor was not made here.
_LONGEST_CURSOR: Final = 2000


@dataclass(frozen=True)
class Key:
    """One column of the order. Its values are never NULL."""

    column: ColumnElement[Any] | QueryableAttribute[Any]
    descending: bool = False


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, and the addresses of what lies before and after."""

    rows: Sequence[Row]
    total: int | None
    first_index: int
    next_url: str | None = None
    previous_url: str | None = None

    @property
    def last_index(self) -> int:
        return self.first_index + len(self.rows) - 1


@dataclass(frozen=True)
class Cursor:
    """An edge of a page: sort values there, direction, and the place of the first row wanted."""

    values: tuple[object, ...]
    backwards: bool
    index: int


def encode(cursor: Cursor) -> str:
    packed = [[_packed(value) for value in cursor.values], int(cursor.backwards), cursor.index]
    return base64.urlsafe_b64encode(json.dumps(packed).encode()).decode().rstrip("=")


def decode(text: str | None, keys: Sequence[Key]) -> Cursor | None:
    """The cursor in an address; ``None`` for none and for anything that was not made here."""
    if not text or len(text) > _LONGEST_CURSOR:
        return None
    try:
        padded = text.encode() + b"=" * (-len(text) % 4)
        values, backwards, index = json.loads(base64.urlsafe_b64decode(padded))
        found = Cursor(tuple(_unpacked(value) for value in values), bool(backwards), int(index))
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError, binascii.Error):
        return None
    return found if _fits(found, keys) else None


def _packed(value: object) -> object:
    match value:
        case datetime():
            return {"at": value.isoformat()}
        case date():
            return {"on": value.isoformat()}
        case str() | int() | float():
            return value
    raise TypeError(f"a list cannot be sorted by {value!r}")


def _unpacked(value: object) -> object:
    match value:
        case {"at": str(moment)}:
            return datetime.fromisoformat(moment)
        case {"on": str(day)}:
            return date.fromisoformat(day)
        case str() | int() | float():
            return value
    raise ValueError(value)


def _fits(cursor: Cursor, keys: Sequence[Key]) -> bool:
    """Whether the database can compare these values; an edited address must not be a fault."""
    if len(cursor.values) != len(keys) or not 1 <= cursor.index <= _LARGEST:
        return False
    return all(
        _comparable(value, key.column) for value, key in zip(cursor.values, keys, strict=True)
    )


def _comparable(value: object, column: ColumnElement[Any] | QueryableAttribute[Any]) -> bool:
    if isinstance(value, int) and not -_LARGEST <= value <= _LARGEST:
        return False
    if isinstance(value, str) and not _is_text(value):
        return False
    if isinstance(value, datetime) and not _is_instant(value):
        return False
    return type(value) is column.type.python_type or (
        isinstance(value, str) and issubclass(column.type.python_type, str)
    )


def _is_text(value: str) -> bool:
    """JSON can say halves of a character, which no database takes, and PostgreSQL takes no NUL."""
    return "\0" not in value and not any("\ud800" <= one <= "\udfff" for one in value)


def _is_instant(value: datetime) -> bool:
    """Whether it is a moment in UTC, too: before the first day and after the last there is none."""
    try:
        value.astimezone(UTC)
    except OverflowError:
        return False
    return value.tzinfo is not None


def _beyond(
    keys: Sequence[Key], values: Sequence[object], *, backwards: bool
) -> ColumnElement[bool]:
    """The rows after (or before) the edge, in any mixture of directions."""
    alternatives = []
    for place, key in enumerate(keys):
        same = [
            earlier.column == _bound(earlier, value)
            for earlier, value in zip(keys[:place], values, strict=False)
        ]
        edge = _bound(key, values[place])
        further = key.column < edge if key.descending is not backwards else key.column > edge
        alternatives.append(and_(*same, further))
    return or_(*alternatives)


def _bound(key: Key, value: object) -> ColumnElement[object]:
    return literal(value, key.column.type)


def _ordered(
    statement: Select[*tuple[object, ...]], keys: Sequence[Key], *, backwards: bool
) -> Select[*tuple[object, ...]]:
    falls = [key.descending is not backwards for key in keys]
    order = [
        key.column.desc() if fall else key.column.asc()
        for key, fall in zip(keys, falls, strict=True)
    ]
    return statement.order_by(None).order_by(*order)


def keyset(
    statement: Select[*tuple[object, ...]],
    keys: Sequence[Key],
    cursor: Cursor | None,
    *,
    size: int = SIZE,
    among: Select[*tuple[object, ...]] | None = None,
) -> Select[*tuple[object, ...]]:
    """The statement for one page and one row more, its sort values added as last columns.

    ``among`` selects the last key of the rows that are wanted and nothing else: the page is picked
    there, so that what a row shows is joined to the rows of one page and not to all.
    """
    backwards = cursor is not None and cursor.backwards
    labelled = [key.column.label(f"_key_{place}") for place, key in enumerate(keys)]
    wanted = _ordered(statement.add_columns(*labelled), keys, backwards=backwards)
    if among is None:
        return _picked(wanted, keys, cursor, size=size)
    picked = _picked(_ordered(among, keys, backwards=backwards), keys, cursor, size=size)
    return wanted.where(keys[-1].column.in_(picked.correlate(None)))


def _picked(
    ordered: Select[*tuple[object, ...]], keys: Sequence[Key], cursor: Cursor | None, *, size: int
) -> Select[*tuple[object, ...]]:
    if cursor is not None:
        ordered = ordered.where(_beyond(keys, cursor.values, backwards=cursor.backwards))
    return ordered.limit(size + 1)


def paged(
    session: Session,
    statement: Select[*tuple[object, ...]],
    *,
    keys: Sequence[Key],
    cursor: str | None,
    address: Callable[[str], str],
    total: int | None = None,
    size: int = SIZE,
    among: Select[*tuple[object, ...]] | None = None,
) -> Page[Any]:
    """One page of ``statement``: entities if it selects one thing, else rows.

    ``address(cursor)`` is the list's own address with that cursor in it; ``among`` as for
    ``keyset``.
    """
    edge = decode(cursor, keys)
    found = session.execute(keyset(statement, keys, edge, size=size, among=among)).all()
    if edge is not None and not found:
        # The rows that the address stood for have gone: begin again.
        edge = None
        found = session.execute(keyset(statement, keys, edge, size=size, among=among)).all()
    return _page(found, keys, edge, address=address, total=total, size=size)


def _page(
    found: Sequence[Sequence[object]],
    keys: Sequence[Key],
    edge: Cursor | None,
    *,
    address: Callable[[str], str],
    total: int | None,
    size: int,
) -> Page[Any]:
    backwards = edge is not None and edge.backwards
    more, rows = len(found) > size, list(found[:size])
    if backwards:
        rows.reverse()
    first = _first_index(edge, len(rows), more=more)
    has_next = True if backwards else more
    has_previous = more if backwards else edge is not None

    def url(row: Sequence[object], *, back: bool, index: int) -> str:
        return address(encode(Cursor(tuple(row[-len(keys) :]), back, index)))

    return Page(
        rows=[_without_keys(row, len(keys)) for row in rows],
        total=total,
        first_index=first,
        next_url=url(rows[-1], back=False, index=first + len(rows)) if rows and has_next else None,
        previous_url=url(rows[0], back=True, index=first) if rows and has_previous else None,
    )


def _first_index(edge: Cursor | None, count: int, *, more: bool) -> int:
    """Where the page begins, counted from 1. Going back, the index is that of the page left."""
    if edge is None:
        return 1
    if not edge.backwards:
        return edge.index
    return max(edge.index - count, 1) if more else 1


def _without_keys(row: Sequence[object], keys: int) -> object:
    return row[0] if len(row) == keys + 1 else row

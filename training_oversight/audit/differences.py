"""What changed on a record: its columns before and after, protected values masked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache

import sqlalchemy as sa

from training_oversight.database import Base
from training_oversight.texts import unbroken

PROTECTED = ["*", "*"]
# Bookkeeping columns that say nothing to a reader of the history.
SILENT = {
    *("id", "version", "division_path", "client_key", "content", "content_hash"),
    *("search_text", "search_phone", "sort_key", "sort_licence", "sort_visited"),
}


# What JSON keeps as it is: nearly all values of nearly all records.
PLAIN = frozenset({str, int, float, bool, type(None), list, dict})


@cache
def audited(model: type[Base]) -> tuple[str, ...]:
    """The columns of a table whose changes a reader of the history wants to see."""
    names = (column.key for column in sa.inspect(model).column_attrs)
    return tuple(name for name in names if name not in SILENT)


def snapshot(subject: Base) -> dict[str, object]:
    """The values of the record's columns, protected ones included."""
    return {name: plain(getattr(subject, name)) for name in audited(type(subject))}


def difference(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, object]:
    """Column -> [old, new] for what differs."""
    return {
        name: [before.get(name), value]
        for name, value in after.items()
        if _compared(before.get(name)) != _compared(value)
    }


def _compared(value: object) -> object:
    """Another line ending is no change."""
    return unbroken(value) if type(value) is str else value


def beginnings(model: type[Base], row: Mapping[str, object]) -> dict[str, object]:
    """Column -> [None, value] of a new row, as ``difference({}, snapshot(record))`` has it."""
    return {
        name: [None, plain(value)] for name in audited(model) if (value := row[name]) is not None
    }


def masked(model: type[Base], changes: Mapping[str, object]) -> dict[str, object]:
    """The changes without the values of columns that are ``protected``."""
    hidden = protected(model)
    return {name: PROTECTED if name in hidden else values for name, values in changes.items()}


@cache
def protected(model: type[Base]) -> frozenset[str]:
    """The columns whose values stand in no history: those marked ``info={"protected": True}``,
    and those whose type says so of itself."""
    return frozenset(
        name
        for name, column in sa.inspect(model).columns.items()
        if column.info.get("protected") or getattr(column.type, "is_protected", False)
    )


def plain(value: object) -> object:
    """A value as JSON keeps it."""
    if type(value) in PLAIN:
        return value
    match value:
        case StrEnum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case _:
            return value

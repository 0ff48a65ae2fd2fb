"""Thousands of rows at once: straight into the tables, past the objects of the session."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

from training_oversight.database import Base


def insert(session: Session, model: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows that are whole already, past the session: for thousands at once."""
    if rows:
        session.connection().execute(sa.insert(model), rows)


def insert_absent(
    session: Session,
    model: type[Base],
    rows: Sequence[Mapping[str, object]],
    *,
    unique: Sequence[InstrumentedAttribute[int] | InstrumentedAttribute[str]],
) -> Sequence[Sequence[Any]]:
    """Insert the rows whose values of ``unique`` nobody else has; returns these values.

    On PostgreSQL it waits for who is about to insert the same.
    """
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = make(model).on_conflict_do_nothing(index_elements=unique)
    return session.connection().execute(statement.returning(*unique), rows).all()


def change(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Change rows by their keys, past the session: the same columns of each, for thousands."""
    if not rows:
        return
    key: Any = sa.inspect(model).primary_key[0]
    names = rows[0].keys() - {key.key}
    statement = (
        sa.update(model)
        .where(key == sa.bindparam("key_of_row"))
        .values({name: sa.bindparam(name) for name in names})
    )
    # Under its own name the key would be set, too.
    changed = [{"key_of_row": row[key.key], **{name: row[name] for name in names}} for row in rows]
    session.connection().execute(statement, changed)


def insert_new(
    session: Session, model: type[Base], records: Sequence[Mapping[str, Any]]
) -> list[dict[str, object]]:
    """Insert new records that the session never saw, in one statement.

    What of the values given is no column is left out. Returns what was stored, keys and defaults
    included: column -> value.
    """
    if not records:
        return []
    key: Any = sa.inspect(model).primary_key[0]
    blank, made = _blank(model)
    rows = []
    for record, number in zip(records, _new_keys(session, key, len(records)), strict=True):
        row = blank | {name: make() for name, make in made.items()}
        row.update((name, value) for name, value in record.items() if name in blank)
        row[key.key] = number
        rows.append(row)
    insert(session, model, rows)
    return rows


def _new_keys(session: Session, key: sa.Column[int], count: int) -> Iterable[int]:
    """Keys that nobody else gets. Taken beforehand: SQLite would return them row by row."""
    if session.get_bind().dialect.name == "postgresql":
        sequence = sa.func.pg_get_serial_sequence(key.table.name, key.name)
        numbers = sa.func.generate_series(1, count).table_valued("number")
        return session.scalars(sa.select(sa.func.nextval(sequence)).select_from(numbers)).all()
    # Nobody else writes as long as this transaction does.
    last = session.scalar(_last_key(key)) or 0
    return range(last + 1, last + 1 + count)


def _last_key(key: sa.Column[int]) -> sa.Select[int]:
    """The last that was given, also to a row that is gone where keys are never given twice."""
    if not key.table.dialect_options["sqlite"]["autoincrement"]:
        return sa.select(sa.func.max(key))
    given = sa.table("sqlite_sequence", sa.column("name"), sa.column("seq", sa.Integer))
    return sa.select(given.c.seq).where(given.c.name == key.table.name)


@cache
def _blank(model: type[Base]) -> tuple[dict[str, object], dict[str, Callable[[], object]]]:
    """What a new row holds where nobody says otherwise: fixed values, and those made anew."""
    mapper = sa.inspect(model)
    fixed: dict[str, Any] = {}
    made: dict[str, Callable[[], object]] = {}
    for column in mapper.columns:
        if column.key is None:
            continue
        default: Any = column.default
        fixed[column.key] = default.arg if default is not None and default.is_scalar else None
        if default is not None and default.is_callable:
            made[column.key] = partial(default.arg, None)
    if mapper.version_id_col is not None:
        fixed[str(mapper.version_id_col.key)] = 1
    return fixed, made

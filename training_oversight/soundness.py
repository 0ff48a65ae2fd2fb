"""Whether a database that is in use is sound: what guards it is there, and its pages are whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.engine import Connection

from training_oversight.database import Base
from training_oversight.schema import is_ours

Guards = Mapping[str, str]
AMCHECK = (
    "amcheck is not installed, so no index was looked at: CREATE EXTENSION amcheck; "
    "then pg_amcheck --heapallindexed, or this command again"
)


def statements(dialect: str) -> Iterator[str]:
    """What the models want beside tables and indexes: triggers, functions, search."""
    for table in Base.metadata.sorted_tables:
        for listener in table.dispatch.after_create:
            if isinstance(listener, sa.DDL) and _is_for(listener, dialect):
                yield str(listener.compile())


def _is_for(statement: sa.DDL, dialect: str) -> bool:
    condition = statement._ddl_if
    return condition is not None and condition.dialect == dialect


def faults(connection: Connection) -> list[str]:
    """What is wrong with this database; empty: nothing that can be found."""
    on_sqlite = connection.dialect.name == "sqlite"
    context = MigrationContext.configure(connection, opts={"include_name": is_ours})
    found = [f"schema: {one}" for one in compare_metadata(context, Base.metadata)]
    found += _guards_wrong(connection)
    found += _sqlite_pages(connection) if on_sqlite else _postgresql_pages(connection)
    return found


def not_looked_at(connection: Connection) -> list[str]:
    """What of a database this command cannot tell."""
    if connection.dialect.name == "sqlite" or _has_amcheck(connection):
        return []
    return [AMCHECK]


def _guards_wrong(connection: Connection) -> Iterator[str]:
    wanted = _wanted(connection.dialect.name)
    on_sqlite = connection.dialect.name == "sqlite"
    there = _sqlite_guards(connection) if on_sqlite else _postgresql_guards(connection)
    for name, words in wanted.items():
        if name not in there:
            yield f"{name}: missing"
        elif there[name] != words:
            yield f"{name}: not as it should be: {there[name]}"
    for name in there.keys() - wanted.keys():
        yield f"{name}: nobody knows what it is for: {there[name]}"


def _wanted(dialect: str) -> dict[str, str]:
    """Triggers and functions by kind and name, with their words."""
    found = {}
    for statement in statements(dialect):
        match = re.match(r"CREATE (TRIGGER|FUNCTION) (\w+)", statement)
        if match is not None:
            kind, name = match.group(1).lower(), match.group(2)
            words = statement if kind == "trigger" else _body(statement)
            found[f"{kind} {name}"] = _normal(words)
    return found


def _body(statement: str) -> str:
    """What a function does, between its dollars."""
    return statement.split("$$")[1]


def _normal(words: str) -> str:
    """Without the schema that it stands in, and however it was laid out."""
    return re.sub(r"\s+", " ", re.sub(r"\bpublic\.", "", words)).strip()


def _sqlite_guards(connection: Connection) -> dict[str, str]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {f"trigger {name}": _normal(words) for name, words in rows}


def _postgresql_guards(connection: Connection) -> dict[str, str]:
    functions = connection.exec_driver_sql(
        "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
        " AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')"
    )
    found = {f"function {name}": _normal(words) for name, words in functions}
    triggers = connection.exec_driver_sql(
        "SELECT tgname, pg_get_triggerdef(pg_trigger.oid), tgenabled FROM pg_trigger"
        " JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace"
    )
    for name, words, enabled in triggers:
        switched_off = "" if enabled in ("O", "A", b"O", b"A") else " (switched off)"
        found[f"trigger {name}"] = _normal(words) + switched_off
    return found


def _sqlite_pages(connection: Connection) -> Iterator[str]:
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if said != "ok":
            yield f"integrity: {said}"
    for table, row, other, _key in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"foreign key: row {row} of {table} names no row of {other}"


def _has_amcheck(connection: Connection) -> bool:
    asked = "SELECT count(*) FROM pg_extension WHERE extname = 'amcheck'"
    return bool(connection.exec_driver_sql(asked).scalar())


def _postgresql_pages(connection: Connection) -> Iterator[str]:
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            count = connection.scalar(_names_nobody(key))
            if count:
                yield f"foreign key: {count} rows of {table.name} name no row by {key.parent.name}"
    if _has_amcheck(connection):
        for name, said in _indexes(connection):
            yield f"index {name}: {said}"


def _names_nobody(key: sa.ForeignKey) -> sa.Select[int]:
    """How many rows name one that is not there: switched-off triggers leave such."""
    other = key.column.table.alias()
    there = sa.exists().where(other.c[key.column.key] == key.parent)
    return sa.select(sa.func.count()).where(key.parent.is_not(None), ~there)


def _indexes(connection: Connection) -> Iterator[tuple[str, str]]:
    names = connection.exec_driver_sql(
        "SELECT pg_class.oid::regclass::text FROM pg_class JOIN pg_am ON pg_am.oid = relam"
        " WHERE relkind = 'i' AND amname = 'btree'"
        " AND relnamespace = current_schema()::regnamespace"
    ).scalars()
    for name in names.all():
        try:
            with connection.begin_nested():
                checked = sa.text("SELECT bt_index_check(CAST(:name AS regclass), true)")
                connection.execute(checked, {"name": name})
        except sa.exc.DBAPIError as fault:
            yield name, str(fault.orig)

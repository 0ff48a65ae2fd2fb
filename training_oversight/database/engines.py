"""How a database is opened. The same statements run on SQLite and PostgreSQL.

On SQLite every transaction begins DEFERRED so that readers never wait for a writer; one that
writes begins IMMEDIATE, because a read that later turns into a write loses updates or fails.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine, ExceptionContext


def _before_sqlite_connect(_dialect: Any, _record: Any, where: Sequence[Any], _more: Any) -> None:
    """Make a new database readable by its owner alone; SQLite's files beside it follow that."""
    # A file that cannot be made is reported by SQLite itself, when it opens it.
    with suppress(OSError):
        os.close(os.open(where[0], os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


# Milliseconds for which a writer waits for another on SQLite.
PATIENCE = 15_000


def _on_sqlite_connect(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions by itself: see _on_sqlite_begin.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    # Without it the rows that INSERT OR REPLACE deletes would not fire the triggers.
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")


def _on_sqlite_begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    patience = options.get("patience", PATIENCE)
    if patience != PATIENCE:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {patience}")
    try:
        connection.exec_driver_sql(f"BEGIN {options.get('sqlite_begin', 'DEFERRED')}")
    finally:
        if patience != PATIENCE:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {PATIENCE}")


def _without_values(context: ExceptionContext) -> None:
    """Keep the values of a row out of the log: PostgreSQL repeats them in its second line."""
    fault, said = context.original_exception, context.sqlalchemy_exception
    whole = str(fault)
    first = whole.partition("\n")[0]
    fault.args = (first,)
    if said is not None:
        said.args = tuple(
            one.replace(whole, first) if isinstance(one, str) else one for one in said.args
        )


def _as_json(value: object) -> str:
    """JSON, written at once for the empty lists and mappings that most rows have."""
    if value == []:
        return "[]"
    return "{}" if value == {} else json.dumps(value)


def _options(url: sa.URL) -> str:
    """Options for PostgreSQL: no compiling, which took seconds for statements that are short."""
    return " ".join(["-c jit=off", *url.normalized_query.get("options", ())])


def make_engine(url: str) -> Engine:
    """An engine for a SQLite file or a PostgreSQL database."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite":
        engine = sa.create_engine(
            parsed,
            pool_pre_ping=True,
            hide_parameters=True,
            json_serializer=_as_json,
            # A server whose database has no encoding would otherwise answer in bytes.
            connect_args={"client_encoding": "utf8", "options": _options(parsed)},
        )
        event.listen(engine, "handle_error", _without_values)
        return engine
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = sa.create_engine(parsed, hide_parameters=True, json_serializer=_as_json)
    # Without a name it is in memory and has no file.
    if parsed.database:
        event.listen(engine, "do_connect", _before_sqlite_connect)
    event.listen(engine, "connect", _on_sqlite_connect)
    event.listen(engine, "begin", _on_sqlite_begin)
    return engine

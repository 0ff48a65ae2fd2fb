"""Filling a database with many rows: what is kept for each row is made once, at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import database
from training_oversight.database import Base, Database

# Takes most of the time of a filling, and no list without a search asks it.
SEARCH = "grams"
PLAIN_INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": "SELECT relname, pg_get_indexdef(oid) FROM pg_class "
    "WHERE relkind = 'i' AND relnamespace = 'public'::regnamespace AND NOT EXISTS "
    "(SELECT 1 FROM pg_constraint WHERE conindid = pg_class.oid)",
}
TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


@contextmanager
def at_once(held: Database) -> Iterator[None]:
    """Indexes are built and rows kept by triggers are left alone until all rows are written.

    The index of the search is not built again.
    """
    database.close_session()
    postgresql = held.engine.dialect.name == "postgresql"
    with held.engine.begin() as connection:
        indexes = connection.exec_driver_sql(PLAIN_INDEXES[held.engine.dialect.name]).all()
        triggers = [] if postgresql else connection.exec_driver_sql(TRIGGERS).all()
        for name, _ in indexes:
            connection.exec_driver_sql(f"DROP INDEX {name}")
        for name, _ in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        if postgresql:
            # No trigger runs, foreign keys included.
            _set(connection, "SET session_replication_role = replica")
    held.engine.dispose()
    yield
    database.close_session()
    with held.engine.begin() as connection:
        for name, made in [*indexes, *triggers]:
            if SEARCH not in name:
                connection.exec_driver_sql(made)
        if postgresql:
            _set(connection, "RESET session_replication_role")
    held.engine.dispose()
    if postgresql:
        # Its own housekeeping does so by itself; SQLite has none, and the product asks for none.
        alone = held.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        with alone as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
        held.engine.dispose()


def multiply(session: Session, model: type[Base], times: int, **otherwise: Any) -> None:
    """Each row as many times; ``otherwise`` says what a copy has of its own."""
    table = model.__table__
    each = numbers(times).subquery()
    values = {
        column.name: otherwise[column.name](column, each.c.n)
        if column.name in otherwise
        else column
        for column in table.columns
    }
    rows = sa.select(*values.values()).select_from(table).join(each, each.c.n > 0)
    session.execute(sa.insert(model).from_select(list(values), rows, include_defaults=False))


def numbers(count: int) -> sa.CompoundSelect[tuple[int]]:
    """0 and the numbers after it, as rows."""
    return sa.union_all(*(sa.select(sa.literal(n).label("n")) for n in range(count)))


def _set(connection: sa.Connection, words: str) -> None:
    name = connection.exec_driver_sql("SELECT current_database()").scalar_one()
    connection.exec_driver_sql(f"ALTER DATABASE {name} {words}")

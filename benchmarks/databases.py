"""Databases to measure on, gone afterwards: SQLite always, PostgreSQL where one answers.

``BENCH_KEPT=FOLDER`` keeps them, by the name of the folder, for the next measuring.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import sqlalchemy as sa

from training_oversight import database, schema
from training_oversight.database import Database

SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"
KEPT = os.environ.get("BENCH_KEPT", "")
_KNOWN = sa.text("SELECT 1 FROM pg_database WHERE datname = :name")


@contextmanager
def sqlite() -> Iterator[Database]:
    """One more beside the database of the process."""
    path = Path(KEPT or os.environ["DATA_DIR"]) / f"{_name()}.sqlite3"
    with _held(f"sqlite:///{path}") as held:
        yield held


@contextmanager
def postgresql() -> Iterator[Database]:
    """Raises ``OperationalError`` where no server answers."""
    server = sa.create_engine(SERVER, isolation_level="AUTOCOMMIT")
    name = _name()
    with server.connect() as connection:
        if not connection.execute(_KNOWN, {"name": name}).scalar():
            connection.execute(
                sa.text(f"CREATE DATABASE {name} TEMPLATE template0 LC_CTYPE 'C.UTF-8'")
            )
    try:
        with _held(SERVER.rpartition("/")[0] + f"/{name}") as held:
            yield held
    finally:
        if not KEPT:
            with server.connect() as connection:
                connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))


def _name() -> str:
    return f"bench_{Path(KEPT).name if KEPT else uuid.uuid4().hex[:8]}"


def of_both() -> Iterator[tuple[str, Database]]:
    """An empty one of each kind by its name, one after the other, the schema in it."""
    for name, made in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        with ExitStack() as stack:
            try:
                held = stack.enter_context(made())
            except sa.exc.OperationalError:
                print(f"No {name} answered at 127.0.0.1:5432: its half was left out.")
                continue
            in_use(held)
            yield name, held


def in_use(held: Database) -> None:
    """Make it the database of the process, the schema in it."""
    database.close_session()
    database.use(held)
    schema.upgrade()


@contextmanager
def _held(url: str) -> Iterator[Database]:
    held = Database(url)
    try:
        yield held
    finally:
        database.close_session()
        held.engine.dispose()

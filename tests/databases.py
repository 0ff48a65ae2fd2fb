"""Databases for tests: SQLite always, PostgreSQL where one answers."""

import os
import shutil
import uuid
from contextlib import contextmanager
from functools import cache

import pytest
import sqlalchemy as sa

from training_oversight import clock, database, schema
from training_oversight.database import Database

SQLITE, POSTGRESQL = "sqlite", "postgresql"
DEFAULT = "postgresql://postgres@127.0.0.1:5432/postgres"
CHROMIUM = shutil.which("chromium")


@cache
def server():
    """The URL of a PostgreSQL that answers, or nothing."""
    url = os.environ.get("TEST_POSTGRES_URL", DEFAULT)
    engine = sa.create_engine(url, connect_args={"connect_timeout": 2})
    try:
        with engine.connect():
            return url
    except sa.exc.OperationalError:
        return None
    finally:
        engine.dispose()


def absent():
    """What this run had to leave out, in words."""
    if server() is None:
        yield "No PostgreSQL answered at TEST_POSTGRES_URL: its half of the tests was skipped."
    if CHROMIUM is None:
        yield "No chromium on this machine: the browser tests were skipped."


def need_postgresql():
    if server() is None:
        if os.environ.get("REQUIRE_POSTGRES"):
            pytest.fail("REQUIRE_POSTGRES is set and no PostgreSQL answers")
        pytest.skip("no PostgreSQL answers")


@contextmanager
def made(kind, folder, prepare=None):
    """An empty database with the schema and the shipped catalogue, or as prepared; its URL."""
    prepare = prepare or _fill
    if kind == SQLITE:
        url = f"sqlite:///{folder / 'test.sqlite3'}"
        prepare(url)
        yield url
        return
    need_postgresql()
    name = f"oversight_{uuid.uuid4().hex[:12]}"
    _on_server(f"CREATE DATABASE {name} TEMPLATE template0 LC_CTYPE 'C.UTF-8'")
    url = str(sa.make_url(server()).set(database=name).render_as_string(hide_password=False))
    try:
        prepare(url)
        yield url
    finally:
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def _fill(url):
    clock.configure("Asia/Shanghai")
    held = Database(url)
    database.use(held)
    schema.upgrade()
    database.close_session()
    held.engine.dispose()


def _on_server(statement):
    engine = sa.create_engine(server(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()

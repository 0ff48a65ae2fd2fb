"""Databases for tests: SQLite always, PostgreSQL where one answers.

The schema and the shipped catalogue are made once per run and kind; every database is a copy.
"""

import fcntl
import os
import shutil
import tempfile
import uuid
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa

from training_oversight import clock, database, schema
from training_oversight.database import Database

SQLITE, POSTGRESQL = "sqlite", "postgresql"
DEFAULT = "postgresql://postgres@127.0.0.1:5432/postgres"
CHROMIUM = shutil.which("chromium")
# The folder of this run's originals: set by the process that begins the run, read by its workers.
ORIGINALS = "TEST_ORIGINALS"


@cache
def server():
    """The URL of a PostgreSQL that answers, or nothing."""
    url = os.environ.get("TEST_POSTGRES_URL", DEFAULT)
    engine = sa.create_engine(url, connect_args={"connect_timeout": 20})
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
def originals():
    """Keep what databases are copied from as long as the run lasts; its workers share it."""
    if ORIGINALS in os.environ:
        yield
        return
    with tempfile.TemporaryDirectory(suffix=f"-{uuid.uuid4().hex[:12]}") as folder:
        os.environ[ORIGINALS] = folder
        try:
            yield
        finally:
            del os.environ[ORIGINALS]
            for mark in Path(folder).glob("*.postgresql"):
                _on_server(f"DROP DATABASE {mark.stem}")


def shared_folder(name):
    """A folder that the workers of this run share."""
    folder = Path(os.environ[ORIGINALS]) / name
    folder.mkdir(exist_ok=True)
    return folder


@contextmanager
def made(kind, folder, prepare=None):
    """A database of its own; its URL.

    It holds the schema and the shipped catalogue, or what ``prepare`` makes of an empty one.
    """
    original = None if prepare else _original(kind, filled)
    with _copy(kind, folder, original) as url:
        if prepare:
            prepare(url)
        yield url


@contextmanager
def copied(kind, folder, fill):
    """A copy of what ``fill`` adds to the shipped catalogue, once per run; its URL."""
    with _copy(kind, folder, _original(kind, fill, base=filled)) as url:
        yield url


def filled(url):
    """The schema and the shipped catalogue."""
    with used(url):
        clock.configure("Asia/Shanghai")
        schema.upgrade()


def present():
    """The database of the process, or nothing."""
    return database.sessions._process_database[-1] if database.sessions._process_database else None


@contextmanager
def used(url):
    """A database of the process for a while; the one before is put back."""
    before = present()
    one = Database(url)
    database.use(one)
    try:
        yield one
    finally:
        database.close_session()
        one.engine.dispose()
        if before is not None:
            database.use(before)


def _original(kind, fill, base=None):
    """What is copied, made by whoever needs it first; the other workers wait for it."""
    if kind == POSTGRESQL:
        need_postgresql()
    below = base and _original(kind, base)
    folder = Path(os.environ[ORIGINALS])
    mark = folder / f"oversight_{fill.__name__}_{folder.name.rpartition('-')[2]}.{kind}"
    with mark.with_suffix(f".{kind}-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not mark.exists():
            _make(kind, mark, fill, below)
    return mark


def _make(kind, mark, fill, below):
    if kind == SQLITE:
        part = mark.with_suffix(".part")
        part.unlink(missing_ok=True)
        if below:
            shutil.copyfile(below, part)
        fill(f"sqlite:///{part}")
        part.rename(mark)
        return
    _on_server(f"DROP DATABASE IF EXISTS {mark.stem}", _creation(mark.stem, below))
    fill(_on_postgresql(mark.stem))
    mark.touch()


@contextmanager
def _copy(kind, folder, original):
    if kind == SQLITE:
        file = folder / "test.sqlite3"
        if original:
            shutil.copyfile(original, file)
        yield f"sqlite:///{file}"
        return
    need_postgresql()
    name = f"oversight_{uuid.uuid4().hex[:12]}"
    _on_server(_creation(name, original))
    try:
        yield _on_postgresql(name)
    finally:
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def _creation(name, original=None):
    template = original.stem if original else "template0"
    return f"CREATE DATABASE {name} TEMPLATE {template} LC_CTYPE 'C.UTF-8'"


def _on_postgresql(name):
    """The URL of that database there. A commit does not wait for the disk: no server fails here."""
    url = sa.make_url(server()).set(database=name)
    url = url.update_query_dict({"options": "-csynchronous_commit=off"}, append=True)
    return url.render_as_string(hide_password=False)


def _on_server(*statements):
    engine = sa.create_engine(server(), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    engine.dispose()

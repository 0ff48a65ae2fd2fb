"""The database of the process, and the session of the request or thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from training_oversight.database.engines import make_engine


class Database:
    """One database and the sessions on it."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self.sessions = sessionmaker(self.engine, expire_on_commit=False)


_session: ContextVar[Session | None] = ContextVar("session", default=None)
_given: ContextVar[Session | None] = ContextVar("given_session", default=None)
_process_database: list[Database] = []


def use(database: Database) -> None:
    """Make this the database of the process. Called by app."""
    _process_database[:] = [database]


def current_database() -> Database:
    return _process_database[-1]


def current_session() -> Session:
    """The session of this request, command or job."""
    session = _given.get() or _session.get()
    if session is None:
        session = current_database().sessions()
        _session.set(session)
    return session


def close_session() -> None:
    """End the reading of this request, command or job."""
    session = _session.get()
    if session is None:
        return
    _session.set(None)
    try:
        session.close()
    except DBAPIError:
        # The connection is lost, so there is nothing to roll back; the answer is sent all the same.
        session.invalidate()


@contextmanager
def using_session(session: Session) -> Iterator[Session]:
    """Let everything inside use this session, and leave closing it to who gave it."""
    token = _given.set(session)
    try:
        yield session
    finally:
        _given.reset(token)


def is_set_up() -> bool:
    """Whether there is a schema. Raises ``OperationalError`` when the database does not answer."""
    return sa.inspect(current_database().engine).has_table("alembic_version")

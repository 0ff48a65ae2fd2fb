"""Tables, the session, and the one place that commits.

The same statements run on SQLite and PostgreSQL. On SQLite every transaction begins
DEFERRED so that readers never wait for a writer; ``transaction()`` begins IMMEDIATE,
because a read that later turns into a write loses updates or fails at once.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, ClassVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import insert as _postgresql_insert
from sqlalchemy.dialects.sqlite import insert as _sqlite_insert
from sqlalchemy.engine import Connection, Engine, ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker
from sqlalchemy.types import TypeDecorator

from training_oversight import clock
from training_oversight.errors import StaleForm, Standing
from training_oversight.texts import Text

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """A point in time: aware, in UTC, on both databases."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("An instant must be aware.")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_column(members: type[StrEnum], *, check: str = "") -> sa.Enum:
    """A StrEnum stored as its value, with a check that refuses anything else.

    ``check`` names it where one table has two columns of the same enum.
    """
    return sa.Enum(
        members,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda enum: [member.value for member in enum],
        name=check or members.__name__.lower(),
    )


# Compared byte by byte on both databases, whatever order PostgreSQL was created with: scopes are
# ranges of paths, pages begin behind a sort key, and both databases list alike.
Bytewise = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
# For tables whose rows can be removed: the history of one must never become that of the next.
# PostgreSQL gives no key twice by itself.
NEVER_REUSED = {"sqlite_autoincrement": True}
# What a machine keeps of its own work on a record. The history does not say it.
UNRECORDED = {"unrecorded": True}
PrimaryKey = Annotated[int, mapped_column(primary_key=True)]
Flag = Annotated[bool, mapped_column(sa.Boolean(create_constraint=False))]


class Base(DeclarativeBase):
    """Base of all tables. Text has no length limit; forms do."""

    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Bytewise,
        date: sa.Date(),
        datetime: Instant(),
        dict[str, Any]: sa.JSON(),
        list[Any]: sa.JSON(),
    }


class Versioned:
    """A record that two people may change: the second save is an error, not a loss."""

    version: Mapped[int] = mapped_column()


def _before_sqlite_connect(_dialect: Any, _record: Any, where: Sequence[Any], _more: Any) -> None:
    """A new database is for its owner alone; what SQLite puts beside it takes after it."""
    # What SQLite cannot open it says itself, in its own words.
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
    # Else what INSERT OR REPLACE deletes is deleted without the triggers.
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
    """Most of the lists and mappings in most rows are empty."""
    if value == []:
        return "[]"
    return "{}" if value == {} else json.dumps(value)


def make_engine(url: str) -> Engine:
    """An engine for a SQLite file or a PostgreSQL database."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite":
        engine = sa.create_engine(
            parsed,
            pool_pre_ping=True,
            hide_parameters=True,
            json_serializer=_as_json,
            # Whatever the server keeps: one without an encoding would answer in bytes.
            connect_args={"client_encoding": "utf8"},
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
        # A connection that is gone cannot be put back in order; it must not take the page along.
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


class PendingChanges(RuntimeError):
    """Something was changed outside a transaction; that is a fault in the code."""


class Nested(RuntimeError):
    """A transaction was begun inside another, whose changes it would drop; a fault in the code."""


@contextmanager
def transaction() -> Iterator[Session]:
    """All of it or none of it. The only place that commits.

    Refuses to begin inside another and changes made before it, ends the read, begins to
    write, and stamps the session with the one instant that everything written in it carries.
    """
    session = current_session()
    # Only a running one has its instant. To begin anew would take back what it has flushed.
    if "instant" in session.info:
        raise Nested
    if session.new or session.dirty or session.deleted:
        raise PendingChanges
    session.rollback()
    try:
        session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
        session.info["instant"] = clock.now()
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("instant", None)


def instant(session: Session) -> datetime:
    """The instant of the running transaction: what history and 'entered at' say."""
    stamped: datetime = session.info["instant"]
    return stamped


def written_on(session: Session) -> date:
    """The county's day of the running transaction."""
    return clock.day_of(instant(session))


def locked(session: Session, record: Base) -> None:
    """Read the record again, as it is now, and keep others from changing it meanwhile."""
    # Only the row itself: what was loaded beside it may hang on an outer join.
    session.refresh(record, with_for_update={"of": type(record)})


# What a form says that does not say which version it has seen.
UNSEEN = -1


def seen(record: Any, version: int | None) -> None:
    """Refuse a form that was opened before somebody changed the record, or does not say when.

    Raises ``StaleForm``. ``None`` comes from jobs and commands, which show nobody a form.
    """
    if version == UNSEEN:
        raise StaleForm(
            Text(
                "Not saved: what was sent does not say which state of the record it was filled in "
                "from. What you typed is still here; compare it with the present state, then save "
                "again."
            ),
            Standing(record.__tablename__, record.id, record.version),
        )
    if version is not None and record.version != version:
        raise StaleForm(
            Text(
                "Not saved: somebody changed this record after you opened it. What you typed "
                "is still here; compare it with the present state, then save again."
            ),
            Standing(record.__tablename__, record.id, record.version),
        )


def insert_if_absent(session: Session, model: type[Base], **values: object) -> bool:
    """Insert a row unless one with the same key is there; says whether it was inserted.

    The database decides, so of many processes that try at once exactly one hears yes.
    """
    make = _postgresql_insert if session.get_bind().dialect.name == "postgresql" else _sqlite_insert
    statement = make(model).values(**values).on_conflict_do_nothing().returning(sa.literal(1))
    return session.execute(statement).first() is not None


def write_if_free(session: Session, statement: sa.Update) -> bool:
    """Carry out one statement that may as well wait for the next occasion.

    For what a reader leaves behind: on SQLite nobody waits for a writer because of it. Ends
    the read so far. Says whether it was written.
    """
    session.rollback()
    try:
        session.connection(execution_options={"sqlite_begin": "IMMEDIATE", "patience": 0})
        session.execute(statement.execution_options(synchronize_session=False))
        session.commit()
    except sa.exc.OperationalError:
        session.rollback()
        return False
    return True


def is_taken(fault: sa.exc.IntegrityError) -> bool:
    """Whether something is there already that may be there only once."""
    said = getattr(fault.orig, "sqlite_errorname", None) or getattr(fault.orig, "sqlstate", "")
    return said in {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505"}


def changed_rows(session: Session, statement: sa.Update | sa.Delete) -> int:
    """Carry out an update or delete of many rows; how many it touched."""
    result = session.execute(statement.execution_options(synchronize_session=False))
    count: int = result.rowcount  # type: ignore[attr-defined]
    return count

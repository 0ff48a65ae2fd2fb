"""The one place that commits, and what a step asks of the rows that it changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as _postgresql_insert
from sqlalchemy.dialects.sqlite import insert as _sqlite_insert
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.database.sessions import current_session
from training_oversight.database.tables import Base
from training_oversight.errors import ChangedRecord, StaleForm
from training_oversight.texts import Text


class PendingChanges(RuntimeError):
    """Something was changed outside a transaction; that is a fault in the code."""


class Nested(RuntimeError):
    """A transaction was begun inside another, whose changes it would drop; a fault in the code."""


@contextmanager
def transaction() -> Iterator[Session]:
    """All of it or none of it. The only place that commits.

    Raises ``Nested`` inside another transaction, and ``PendingChanges`` if something was changed
    before it began. Everything written in it carries one instant.
    """
    session = current_session()
    # Only a running transaction has an instant. A second one would roll back what it has flushed.
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


# The version of a form that brought none with it: older than any that a record has.
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
            ChangedRecord(record.__tablename__, record.id, record.version),
        )
    if version is not None and record.version != version:
        raise StaleForm(
            Text(
                "Not saved: somebody changed this record after you opened it. What you typed "
                "is still here; compare it with the present state, then save again."
            ),
            ChangedRecord(record.__tablename__, record.id, record.version),
        )


def insert_if_absent(session: Session, model: type[Base], **values: object) -> bool:
    """Insert a row unless one with the same key is there; says whether it was inserted.

    The database decides, so of many processes that try at once exactly one hears yes.
    """
    make = _postgresql_insert if session.get_bind().dialect.name == "postgresql" else _sqlite_insert
    statement = make(model).values(**values).on_conflict_do_nothing().returning(sa.literal(1))
    return session.execute(statement).first() is not None


def write_if_free(session: Session, statement: sa.Update) -> bool:
    """Carry out a statement now, or not at all; says whether it was written.

    For what can as well be written the next time, for instance when a device was last seen. On
    SQLite it does not wait for another writer. It ends the read that the session has open.
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
    """Whether the database refused a second row where there may be only one."""
    said = getattr(fault.orig, "sqlite_errorname", None) or getattr(fault.orig, "sqlstate", "")
    return said in {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505"}


def changed_rows(session: Session, statement: sa.Update | sa.Delete) -> int:
    """Carry out an update or delete of many rows; how many it touched."""
    result = session.execute(statement.execution_options(synchronize_session=False))
    count: int = result.rowcount  # type: ignore[attr-defined]
    return count

"""Bringing a database to the present schema, and telling whether it is there."""

from __future__ import annotations

import tempfile
from importlib import import_module
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy.engine import Connection

from training_oversight import areas
from training_oversight.accounts import service as accounts
from training_oversight.accounts.models import Scope
from training_oversight.catalogue import service as catalogue
from training_oversight.database import (
    Base,
    Database,
    current_database,
    current_session,
    transaction,
)
from training_oversight.errors import BadInput
from training_oversight.registry import service as registry
from training_oversight.texts import Text

MIGRATIONS = Path(__file__).parent.parent / "migrations"
MODELS = tuple(areas.every("models"))
# FTS5 keeps an index in tables that begin with its name; PostgreSQL has an index of its words.
SEARCH = ("institution_grams", "ix_institution_grams")
# The default of a database says "default", whatever order that is.
COLLATIONS = """SELECT class.relname AS "table", attname AS "column", collname AS "collation"
FROM pg_attribute JOIN pg_class AS class ON class.oid = attrelid
JOIN pg_collation ON pg_collation.oid = attcollation
WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
AND NOT attisdropped AND collname NOT IN ('C', 'POSIX')"""
# Its templates of papers, which the catalogue is checked against when it is shipped.
TEMPLATES = "notices.compositions"
import_module(f"training_oversight.{TEMPLATES}")


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether it is one of the models', and not what the search of a database is made of."""
    return kind not in ("table", "index") or not (name or "").startswith(SEARCH)


def configuration(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    # Migrations share what the databases do differently (altering.py).
    config.set_main_option("path_separator", "os")
    config.set_main_option("prepend_sys_path", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def upgrade() -> None:
    """Run the migrations, then bring the shipped catalogue to this release.

    Raises ``BadInput`` on a database that would keep or order text otherwise than we rely on.
    """
    with current_database().engine.connect() as connection:
        check_text(connection)
        connection.rollback()
        command.upgrade(configuration(connection), "head")
    fill()


def check_text(connection: Connection) -> None:
    """Refuse a database that cannot keep every character, or has columns of another order.

    A scope is a range of paths and a page begins behind a sort key: in another order than that
    of bytes a county would see a part of its divisions, and lists would leave rows out.
    """
    on_sqlite = connection.dialect.name == "sqlite"
    asked = "PRAGMA encoding" if on_sqlite else "SHOW server_encoding"
    encoding = str(connection.exec_driver_sql(asked).scalar())
    if encoding.upper().replace("-", "") != "UTF8":
        raise BadInput(
            Text(
                "Nothing was changed: the database keeps text in %(encoding)s, and only UTF-8 has "
                "every character of names and keeps lists in order. Make a new database in "
                "UTF-8 and set DATABASE_URL to it; docs/operations.md says how.",
                encoding=encoding,
            )
        )
    if not on_sqlite and (others := _other_orders(connection)):
        raise BadInput(
            Text(
                "Nothing was changed: these columns are kept in another order than that of bytes, "
                "so scopes and lists would leave records out: %(columns)s. Give each of them "
                'COLLATE "C", or read the backup into a new database that database upgrade made.',
                columns=", ".join(others),
            )
        )


def _other_orders(connection: Connection) -> list[str]:
    """``table.column (collation)`` of our text columns whose order is not that of bytes."""
    ours = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, sa.Text)
    }
    rows = connection.execute(sa.text(COLLATIONS))
    return sorted(
        f"{row.table}.{row.column} ({row.collation})"
        for row in rows
        if (row.table, row.column) in ours
    )


def fill() -> None:
    """What every database holds: the system's own actor, the shipped catalogue, and what
    the search box looks in."""
    with transaction() as session:
        accounts.ensure_system(session)
        catalogue.ship(session)
    last: int | None = 0
    while last is not None:
        with transaction() as session:
            last = registry.fill_search(session, Scope.everything(), after=last)
        current_session().expunge_all()


def differences() -> list[object]:
    """What the models say and a database made by the migrations does not; empty: they agree."""
    with tempfile.TemporaryDirectory() as folder:
        made = Database(f"sqlite:///{Path(folder) / 'made.sqlite3'}")
        with made.engine.connect() as connection:
            command.upgrade(configuration(connection), "head")
            context = MigrationContext.configure(connection, opts={"include_name": is_ours})
            found: list[object] = compare_metadata(context, Base.metadata)
        made.engine.dispose()
    return found

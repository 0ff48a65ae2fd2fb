"""Runs migrations on the database that the application's settings name.

On SQLite foreign keys are off while tables are rebuilt, because a rebuild would delete
child rows, and are checked afterwards.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from training_oversight.database import Base, Bytewise, Instant
from training_oversight.schema import is_ours
from training_oversight.vault.sealing import Sealed


def as_plain_type(kind: str, item: object, context: AutogenContext) -> str | bool:
    """Migrations must not import the product: its own types are written as plain ones."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Sealed):
        return "sa.LargeBinary()"
    if kind == "type" and isinstance(item, sa.Text) and item._variant_mapping:
        assert item._variant_mapping == Bytewise._variant_mapping
        context.imports.add("from altering import BYTEWISE")
        return "BYTEWISE"
    return False


def run() -> None:
    connection: sa.Connection = context.config.attributes["connection"]
    on_sqlite = connection.dialect.name == "sqlite"
    if on_sqlite:
        check_foreign_keys(connection, "OFF")
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=as_plain_type,
        include_name=is_ours,
        transaction_per_migration=False,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        if on_sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise RuntimeError(f"foreign keys broken by the migration: {broken}")
    if on_sqlite:
        check_foreign_keys(connection, "ON")


def check_foreign_keys(connection: sa.Connection, how: str) -> None:
    """Past SQLAlchemy, which would begin a transaction: inside one SQLite ignores this."""
    connection.rollback()
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA foreign_keys = {how}")


run()

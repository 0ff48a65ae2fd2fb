"""Bringing a database to the present schema, and telling whether it is there."""

from __future__ import annotations

import tempfile
from importlib import import_module
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy.engine import Connection

from training_oversight.accounts import service as accounts
from training_oversight.catalogue import service as catalogue
from training_oversight.database import (
    Base,
    Database,
    current_database,
    current_session,
    transaction,
)

MIGRATIONS = Path(__file__).parent.parent / "migrations"
MODELS = (
    "accounts.models",
    "audit.models",
    "web.once",
    "files.models",
    "errands.models",
    "catalogue.models",
    "registry.models",
    "inspections.models",
    "ledger.models",
    "notices.models",
    "enforcement.models",
    "publication.models",
    "scheduling.models",
)
for _name in MODELS:
    import_module(f"training_oversight.{_name}")


def configuration(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    # Migrations share what the databases do differently (altering.py).
    config.set_main_option("path_separator", "os")
    config.set_main_option("prepend_sys_path", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def upgrade() -> None:
    """Run the migrations, then bring the shipped catalogue to this release."""
    with current_database().engine.connect() as connection:
        command.upgrade(configuration(connection), "head")
    fill()


def fill() -> None:
    """What every database holds: the system's own actor and the shipped catalogue."""
    with transaction() as session:
        accounts.ensure_system(session)
        catalogue.ship(session)
    current_session().expunge_all()


def differences() -> list[object]:
    """What the models say and a database made by the migrations does not; empty: they agree."""
    with tempfile.TemporaryDirectory() as folder:
        made = Database(f"sqlite:///{Path(folder) / 'made.sqlite3'}")
        with made.engine.connect() as connection:
            command.upgrade(configuration(connection), "head")
            context = MigrationContext.configure(connection)
            found: list[object] = compare_metadata(context, Base.metadata)
        made.engine.dispose()
    return found

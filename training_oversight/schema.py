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
from training_oversight.accounts.models import Scope
from training_oversight.catalogue import service as catalogue
from training_oversight.database import (
    Base,
    Database,
    current_database,
    current_session,
    transaction,
)
from training_oversight.registry import service as registry

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
# FTS5 keeps an index in tables that begin with its name.
INDEX_TABLES = "institution_grams"
for _name in MODELS:
    import_module(f"training_oversight.{_name}")


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a table is one of the models', and not one that an index of SQLite is made of."""
    return kind != "table" or not (name or "").startswith(INDEX_TABLES)


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

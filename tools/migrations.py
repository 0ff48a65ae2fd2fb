"""Write a migration from the difference between the models and a migrated database.

    python -m tools.migrations "add the extension of a limit"
    python -m tools.migrations --first

The file is a draft: read it, and test it on a filled database before it is committed.
``--first`` writes the one migration anew that makes everything, triggers and indexes of
search included. That is right only while no release has gone out.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config

from training_oversight import clock, database, schema, soundness
from training_oversight.database import Database

# PostgreSQL keeps no more of a revision's name; SQLite would not complain.
LONGEST = 32
FIRST = "2026_11_29_schema"
CARRIED_OUT = """
    # Not op.execute: these are no statements with parameters, whatever colons they hold.
    bind = op.get_bind()
    for statement in SQLITE if bind.dialect.name == "sqlite" else POSTGRESQL:
        bind.exec_driver_sql(statement)
"""


def write(message: str) -> None:
    """Draft a migration named by date and purpose."""
    slug = re.sub(r"[^a-z0-9]+", "_", message.lower()).strip("_")
    revision = f"{clock.today():%Y_%m_%d}_{slug}"
    if len(revision) > LONGEST:
        sys.exit(f"{revision} is longer than {LONGEST} characters: say it shorter")
    _draft(message, revision)


def write_first() -> None:
    """Write the only migration anew from the models. Refuses when there are others."""
    versions = schema.MIGRATIONS / "versions"
    if others := [one.name for one in versions.glob("*.py") if one.stem != FIRST]:
        sys.exit(f"Not the only migration any more: {', '.join(others)}")
    path = versions / f"{FIRST}.py"
    path.unlink(missing_ok=True)
    _draft("The whole schema: tables, indexes, what keeps history and search", FIRST)
    drafted = path.read_text(encoding="utf-8")
    head, _, _ = drafted.partition("\n\ndef downgrade()")
    head = re.sub(r"\n *# ### .*", "", head)
    path.write_text(head.rstrip() + "\n" + CARRIED_OUT + _statements(), encoding="utf-8")


def _draft(message: str, revision: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database.use(Database(f"sqlite:///{Path(folder) / 'empty.sqlite3'}"))
        with database.current_database().engine.connect() as connection:
            config: Config = schema.configuration(connection)
            config.set_main_option("file_template", "%%(rev)s")
            command.upgrade(config, "head")
            command.revision(config, message, autogenerate=True, rev_id=revision)


def _statements() -> str:
    """What the models say beside tables and indexes, for each database, as Python."""
    return "".join(
        f"\n\n{dialect.upper()} = (\n"
        + "".join(f"    {_quoted(statement)},\n" for statement in soundness.statements(dialect))
        + ")\n"
        for dialect in ("sqlite", "postgresql")
    )


def _quoted(statement: str) -> str:
    return '"""' + statement.replace("\\", "\\\\") + '"""'


if __name__ == "__main__":
    if sys.argv[1:] == ["--first"]:
        write_first()
    elif not sys.argv[1:] or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    else:
        write(sys.argv[1])

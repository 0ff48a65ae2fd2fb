"""Write a migration from the difference between the models and a migrated database.

    python -m tools.migrations "add the extension of a limit"

The file is a draft: read it, and test it on a filled database before it is committed.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from alembic import command

from training_oversight import clock, database, schema
from training_oversight.database import Database

# PostgreSQL keeps no more of a revision's name; SQLite would not complain.
LONGEST = 32


def write(message: str) -> None:
    """Draft a migration named by date and purpose."""
    slug = re.sub(r"[^a-z0-9]+", "_", message.lower()).strip("_")
    revision = f"{clock.today():%Y_%m_%d}_{slug}"
    if len(revision) > LONGEST:
        sys.exit(f"{revision} is longer than {LONGEST} characters: say it shorter")
    with tempfile.TemporaryDirectory() as folder:
        database.use(Database(f"sqlite:///{Path(folder) / 'empty.sqlite3'}"))
        with database.current_database().engine.connect() as connection:
            config = schema.configuration(connection)
            config.set_main_option("file_template", "%%(rev)s")
            command.upgrade(config, "head")
            command.revision(config, message, autogenerate=True, rev_id=revision)


if __name__ == "__main__":
    write(sys.argv[1])

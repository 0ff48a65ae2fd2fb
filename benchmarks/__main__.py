"""``make bench``: measure on databases of its own, in a temporary folder."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from pathlib import Path

import config
from benchmarks import export, importing, pages, search, sweep
from training_oversight import schema
from training_oversight.app import create_app

WANTED = sys.argv[1:] or ["pages", "sweep"]


def main() -> None:
    for name in WANTED:
        with tempfile.TemporaryDirectory() as folder:
            os.environ.update(
                DEMO="1",
                DATA_DIR=folder,
                DATABASE_URL=f"sqlite:///{Path(folder) / 'bench.sqlite3'}",
            )
            app = create_app(config.read())
            with app.app_context():
                schema.upgrade()
                # As wsgi.py does it for whatever runs.
                gc.freeze()
                gc.set_threshold(10_000)
                if name == "pages":
                    pages.run(app)
                elif name == "search":
                    search.run()
                elif name == "export":
                    export.run()
                elif name == "importing":
                    importing.run()
                else:
                    sweep.run()


if __name__ == "__main__":
    main()

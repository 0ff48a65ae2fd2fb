"""``make bench``: measure on databases of its own, in a temporary folder."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import flask

import config
from benchmarks import (
    complaints,
    export,
    field,
    importing,
    pages,
    scale,
    search,
    serving,
    setting_up,
    sweep,
)
from training_oversight import schema
from training_oversight.app import create_app

MEASURED: dict[str, Callable[[flask.Flask], None]] = {
    "complaints": complaints.run,
    "pages": pages.run,
    "scale": scale.run,
    "search": lambda _app: search.run(),
    "export": lambda _app: export.run(),
    "field": field.run,
    "importing": lambda _app: importing.run(),
    "serving": lambda _app: serving.run(),
    "setup": lambda _app: setting_up.run(),
    "sweep": lambda _app: sweep.run(),
}
WANTED = sys.argv[1:] or ["pages", "serving", "sweep"]


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
                MEASURED[name](app)


if __name__ == "__main__":
    main()

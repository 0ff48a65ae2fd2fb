"""A list of new institutions on its way into the register, beside the least that it could take.

The least is reading the file, nothing done with its rows, and bare insertion: one executemany
per table, of the very rows that the import left behind, into an empty database of the same kind,
whose triggers and indexes work for both. *Bare* are the rows of the register (institutions,
venues, licences) with all that must be left with them: the sealed events of their history, and
the rows of the list with what it takes to undo them. Both ratios are printed, with these two and
without them. The aim is 2 : 1 with them.

The import is the same code as behind the pages, from the moment that the columns are settled:
the list is read, cleaned, judged and kept by its errand, and written in parts. Not counted are
the glances at the file before, while an officer looks at its columns.

``ROWS`` in the environment: how many. From ``LONG`` on only a process that imports them is of
interest, and one that takes them back: the memory is to stay under 1.5 GB at 401,050.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks import children, county, databases, importing_once, lists
from benchmarks.stopwatch import Server, Stopwatch, Taken
from training_oversight import database
from training_oversight.audit import Event
from training_oversight.database import Database
from training_oversight.intake.models import ImportBatch, ImportRow
from training_oversight.intake.readable import KNOWN
from training_oversight.registry.models import Institution, Licence, Venue
from training_oversight.spreadsheets import open_table

ROWS = int(os.environ.get("ROWS", "10000"))
LONG = 100_000
MOST_MEGABYTES = 1_500
REGISTER = (Institution.__table__, Venue.__table__, Licence.__table__)
BESIDES = (Event.__table__, ImportRow.__table__)
SUBJECTS = [table.name for table in REGISTER]


def run() -> None:
    path = lists.written(Path(os.environ["DATA_DIR"]) / "list.xlsx", ROWS)
    print(f"Import of {ROWS:,} new institutions, {path.stat().st_size / 1e6:.1f} MB as .xlsx")
    if ROWS >= LONG:
        print(f"{f'at most {MOST_MEGABYTES:,} MB':32}{'memory':>12}{'processor':>12}{'server':>12}")
    for name, held in databases.of_both():
        if ROWS >= LONG:
            print(name)
            _at_length(held, path)
        else:
            print(f"{name:32}{'processor':>12}{'wall':>12}")
            _measure(held, path)


def _at_length(held: Database, path: Path) -> None:
    with database.transaction() as session:
        county.founded(session)
    database.close_session()
    os.environ["DATABASE_URL"] = held.engine.url.render_as_string(hide_password=False)
    server = Server(held)
    for what, words in (
        ("the program alone", ("-m", "flask", "--app", "wsgi", "errands", "list")),
        ("imported", ("-m", "benchmarks.importing_once", str(path))),
        ("taken back", ("-m", "benchmarks.importing_once")),
    ):
        run = children.run(*words, served=server.used)
        print(
            f"  {what:30}{run.megabytes:9,.0f} MB{run.seconds:10,.0f} s{run.served:10,.0f} s",
            flush=True,
        )


def _measure(held: Database, path: Path) -> None:
    watch = Stopwatch(held)
    with watch.measuring() as reading:
        read = sum(1 for _ in open_table(path, path.name, KNOWN, max_rows=ROWS).rows())
    assert read == ROWS
    with database.transaction() as session:
        head = county.founded(session)
    sent = importing_once.Sent(path, head)
    with watch.measuring() as judging:
        sent.read()
    with watch.measuring() as writing:
        sent.write()
    left = _left_behind(held)
    assert len(left[Institution.__table__]) == ROWS
    register, besides = _bare(held, left)
    least, bare = reading + register + besides, reading + register
    for what, taken in (
        ("reading the file alone", reading),
        ("bare: the register", register),
        ("bare: history, list's rows", besides),
        ("import: reading to keeping", judging),
        ("import: writing", writing),
    ):
        print(f"  {what:30}{taken.processor:10.2f} s{taken.wall:10.2f} s")
    _say("import : reading + bare", judging + writing, least)
    _say("without history and rows", judging + writing, bare)


def _say(what: str, whole: Taken, least: Taken) -> None:
    processor, wall = whole.processor / least.processor, whole.wall / least.wall
    print(f"  {what:30}{processor:8.2f} : 1{wall:8.2f} : 1", flush=True)


Rows = dict[sa.Table, Sequence[dict[str, Any]]]


def _left_behind(held: Database) -> Rows:
    """Everything that the list put into the tables."""
    tables: Any = (ImportBatch.__table__, *REGISTER, *BESIDES)
    found: Rows = {}
    with held.engine.connect() as connection:
        for table in tables:
            wanted = sa.select(table).order_by(table.c.id)
            if table.name == Event.__tablename__:
                wanted = wanted.where(table.c.subject_kind.in_(SUBJECTS))
            found[table] = [dict(row) for row in connection.execute(wanted).mappings()]
    return found


def _bare(like: Database, left: Rows) -> tuple[Taken, Taken]:
    """The same rows into an empty database of the same kind: the register, and the rest."""
    made = databases.sqlite if like.engine.dialect.name == "sqlite" else databases.postgresql
    with made() as held:
        databases.in_use(held)
        with database.transaction() as session:
            county.founded(session)
        watch = Stopwatch(held)
        batches: Any = ImportBatch.__table__
        with held.engine.begin() as connection:
            for batch in left[batches]:
                connection.execute(
                    sa.insert(batches), [{**batch, "file_sha256": None, "errand_id": None}]
                )
        taken = []
        for tables in (REGISTER, BESIDES):
            with watch.measuring() as one, held.engine.begin() as connection:
                for table in tables:
                    connection.execute(sa.insert(table), left[table])
            taken.append(one)
        database.close_session()
    return taken[0], taken[1]

"""The whole register of a country as one file, beside XlsxWriter writing as many cells.

Both run as processes of their own, start-up included. ``ROWS`` in the environment makes it smaller.
"""

from __future__ import annotations

import os
from pathlib import Path

import sqlalchemy as sa

from benchmarks import children, country
from training_oversight import clock
from training_oversight.accounts.models import Authority, Scope
from training_oversight.database import current_session
from training_oversight.exports import layouts, queries, service
from training_oversight.registry import cells

ROWS = int(os.environ.get("ROWS", country.INSTITUTIONS))
SAMPLE = 1000
COMMAND = ("-m", "flask", "--app", "wsgi", "registry", "export")


def run() -> None:
    country.build(ROWS, counties=1)
    folder, arrangement = (
        Path(os.environ["DATA_DIR"]),
        layouts.arranged(layouts.Layout.OWN, None, personal=True),
    )
    cells = _filled_cells(arrangement)
    print(
        f"Export of {ROWS:,} institutions in {len(arrangement.fields)} columns, "
        f"of which {cells} are filled; processor time"
    )
    bare = children.run(
        "-m", "benchmarks.bare_workbook", str(ROWS), str(cells), str(folder / "a.xlsx")
    )
    alone = children.run("-m", "flask", "--app", "wsgi", "errands", "list")
    _say("bare XlsxWriter", bare, bare)
    _say("the program's start alone", alone, bare)
    _say("all columns as .xlsx", children.run(*COMMAND, str(folder / "b.xlsx")), bare)
    _say(
        "the platform's fields", children.run(*COMMAND, str(folder / "c.xlsx"), "--platform"), bare
    )
    _say("all columns as .csv", children.run(*COMMAND, str(folder / "d.csv")), bare)


def _filled_cells(arrangement: layouts.Arrangement) -> int:
    """How many cells of a row hold something, on average."""
    session = current_session()
    authority = session.scalars(sa.select(Authority).order_by(Authority.id.desc())).first()
    assert authority is not None
    keys = queries.of_division(authority, authority.division, scope=Scope.everything())
    order = service.Order(
        keys=queries.in_order(session, keys.limit(SAMPLE)),
        arrangement=arrangement,
        words=cells.words_for(session, authority, today=clock.today()),
    )
    filled = [
        sum(cell != "" for cell in row)
        for row in service.rows(session, order, heard=lambda _done, _total: None)
    ]
    return round(sum(filled) / len(filled))


def _say(what: str, run: children.Run, bare: children.Run) -> None:
    ratio = f"{run.seconds / bare.seconds:5.1f} : 1"
    print(f"  {what:24}{run.seconds:8.1f} s   {ratio}{run.megabytes:8.0f} MB", flush=True)

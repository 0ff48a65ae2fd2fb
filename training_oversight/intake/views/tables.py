"""The page on which somebody says which sheet, row and columns of a table are read, and as what.

A list for the register and an old ledger that is looked through have the same page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import flask
from flask import request

from training_oversight.intake import reading, uploading
from training_oversight.intake.forms import ColumnsForm
from training_oversight.intake.guessing import SURE, Guess, How, sample
from training_oversight.intake.models import ImportBatch
from training_oversight.intake.readable import Readable
from training_oversight.intake.remembering import Sent
from training_oversight.spreadsheets import Found, Glance, Table
from training_oversight.spreadsheets.left_out import HIDDEN
from training_oversight.spreadsheets.tables import runs
from training_oversight.texts import Text

# Around the header, so many rows of the sheet are shown as they stand.
ABOVE, BELOW = 6, 5
WIDEST = 30


@dataclass(frozen=True)
class Top:
    """A row of the sheet as it stands, to be recognised by who has it before their eyes."""

    number: int
    cells: Sequence[str]
    is_header: bool


@dataclass(frozen=True)
class Together:
    """Rows that are left out for one reason. Hidden ones can be read all the same, all of them."""

    why: Text
    count: int
    rows: str
    is_hidden: bool


def glance(
    sent: Sent, among: Readable, limits: Mapping[str, object], before: Mapping[str, str]
) -> Glance:
    """The file with the sheet and the header that the page asks for, else those read before.

    ``before``: how its sender's columns were read, which makes their names known.
    """
    sheet = request.values.get("sheet") or sent.sheet
    row = request.values.get("header", type=int)
    if row is None and sheet == sent.sheet:
        row = sent.header_row
    path = uploading.path_of(sent, flask.current_app.config["DATA_DIR"])
    known = among.known_with(before)
    return reading.glance_at(
        path, sent.filename, sheet=sheet, header_row=row, known=known, limits=limits
    )


def taken(form: ColumnsForm, table: Table) -> frozenset[int]:
    """The rows that are to be read though the reader would leave them out."""
    ticked = frozenset(form.taken.data or ()) & {number for number, _ in table.left_out}
    return ticked | reading.hidden(table) if form.hidden.data else ticked


def values(sent: Sent, glance: Glance, found: Sequence[Guess], form: ColumnsForm) -> dict[str, Any]:
    """What the page shows of the file."""
    table = glance.table
    header_row = table.header_row if table else glance.chosen.header_row
    header_end = table.header_end if table else header_row
    form.sheet.data = glance.chosen.name
    form.header.data = header_row
    return {
        "sent": sent,
        "form": form,
        "sheets": glance.sheets,
        "chosen": glance.chosen,
        "trouble": glance.trouble,
        "header_row": header_row,
        "header_end": header_end,
        "top": _top(glance.chosen, header_row, header_end),
        "guesses": found,
        "sure": all(one.how in SURE or not one.field for one in found),
        "to_check": [one for one in found if one.field and one.how not in SURE],
        "remembered": sum(one.how is How.REMEMBERED for one in found),
        "unread": [one for one in found if one.how in (How.NOT, How.DOUBLE) and one.samples],
        "left_out": reading.beside(table) if table else [],
        "together": _together(table) if table else [],
        "said": table.said if table else [],
        "asks": _asks(sent, found),
        "count": table.count if table else 0,
    }


def _asks(sent: Sent, found: Sequence[Guess]) -> frozenset[str]:
    """What is asked of the whole list: only where its columns make it matter."""
    if not isinstance(sent, ImportBatch):
        return frozenset()
    fields = {one.field for one in found}
    asked = {"datum": "latitude" in fields, "apart": {"uscc", "address"} <= fields}
    return frozenset(name for name, matters in asked.items() if matters)


def _together(table: Table) -> list[Together]:
    """Rows that are left out for one reason, many at once."""
    return [
        Together(why, len(rows), runs(rows), is_hidden=why == HIDDEN)
        for why, rows in reading.by_reason(table.left_out)
        if why in reading.TOLD_TOGETHER
    ]


def _top(sheet: Found, header_row: int | None, header_end: int | None) -> list[Top]:
    """The rows around the header as they stand, with empty columns at the end left away."""
    first = (header_row or 1) - ABOVE
    rows = [row for row in sheet.top if row.number >= first][: ABOVE + BELOW]
    width = min(
        max((n for row in rows for n, cell in enumerate(row.cells, 1) if cell), default=0), WIDEST
    )
    return [
        Top(
            row.number,
            [sample(cell) for cell in (row.cells + [""] * width)[:width]],
            header_row is not None and header_row <= row.number <= (header_end or 0),
        )
        for row in rows
    ]

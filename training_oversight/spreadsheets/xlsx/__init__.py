"""The workbooks of today, .xlsx and .xlsm: every part is looked through, then one sheet is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from python_calamine import CalamineSheet, CalamineWorkbook

from training_oversight.spreadsheets.cells import from_cell_since_1904, from_cells
from training_oversight.spreadsheets.files import Source
from training_oversight.spreadsheets.grids import Grid, Line
from training_oversight.spreadsheets.xlsx import calamine
from training_oversight.spreadsheets.xlsx.looking import Known, Seen, look_through


@dataclass(frozen=True)
class Workbook:
    book: CalamineWorkbook
    names: list[str]
    known: Known

    def grid(self, name: str) -> Grid:
        sheet, merges = calamine.sheet(self.book, name)
        seen = self.known.sheets.get(name, Seen())
        height, width = (place + 1 for place in sheet.end or (-1, -1))
        lines = partial(_lines, sheet, seen, since_1904=self.known.since_1904)
        return Grid(name, lines, max(height, *seen.values, 0), width, merges, seen.unseen)


def opened(source: Source) -> Workbook:
    known = look_through(source)
    book = calamine.workbook(source)
    return Workbook(book, calamine.visible(book), known)


def _lines(sheet: CalamineSheet, seen: Seen, *, since_1904: bool) -> Iterator[Line]:
    # The reader leaves out the empty columns before the first one, though not the empty rows.
    margin: Line = [""] * sheet.start[1] if sheet.start else []
    number, values = 0, seen.values
    for number, raw in enumerate(sheet.iter_rows(), start=1):
        cells = margin + (list(map(from_cell_since_1904, raw)) if since_1904 else from_cells(raw))
        yield _completed(cells, seen, number) if number in values else cells
    for below in range(number + 1, max(values, default=0) + 1):
        yield _completed([], seen, below)


def _completed(cells: Line, seen: Seen, number: int) -> Line:
    values = seen.values.get(number, {})
    cells.extend([""] * (max(values, default=-1) + 1 - len(cells)))
    for column, value in values.items():
        cells[column] = value
    return cells

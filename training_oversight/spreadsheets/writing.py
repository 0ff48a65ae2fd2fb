"""Writing tables that open in Excel and WPS without surprises.

Whatever was typed stays text: nothing that a stranger typed becomes a formula,
a link or a rounded number on an officer's computer.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from training_oversight import clock
from training_oversight.errors import BadInput, TooLarge
from training_oversight.spreadsheets.cells import disarmed
from training_oversight.texts import Text, rendered

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
MOST_ROWS = 1_048_576
LONGEST_CELL = 32_767
# Excel shows longer numbers as 9.15E+17.
LONGEST_NUMBER = 10**11
NARROWEST, WIDEST = 10, 40


def table_suffix(path: Path) -> str:
    """``.xlsx`` or ``.csv``. Raises ``BadInput`` for anything else and for a missing folder."""
    suffix = path.suffix.lower()
    if suffix not in (".xlsx", ".csv"):
        raise BadInput(Text("%(name)s must end in .xlsx or .csv to be written.", name=path.name))
    if not path.absolute().parent.is_dir():
        raise BadInput(Text("There is no folder %(name)s.", name=str(path.absolute().parent)))
    return suffix


def write(
    target: str | Path | BinaryIO,
    header: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    title: str = "",
    foot: object = None,
) -> None:
    """Write one sheet, row by row. ``foot`` stands at the foot of each page when it is printed."""
    place = str(target) if isinstance(target, Path) else target
    with xlsxwriter.Workbook(place, OPTIONS) as book:
        sheet = book.add_worksheet(title or None)
        names = [rendered(name) for name in header]
        for column, name in enumerate(names):
            # A Chinese character is two wide.
            sheet.set_column(column, column, min(max(NARROWEST, 2 * len(name) + 2), WIDEST))
        sheet.freeze_panes(1, 0)
        if foot is not None:
            sheet.set_footer(f"&L{rendered(foot).replace('&', '&&')}&R&P / &N")
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for column, name in enumerate(names):
            sheet.write_string(0, column, name, bold)
        for number, row in enumerate(rows, start=1):
            _check_rows(number)
            for column, value in enumerate(row):
                if value is None or value == "":
                    continue
                _write_cell(sheet, number, column, value, day)


def write_csv(
    target: str | Path | BinaryIO, header: Sequence[object], rows: Iterable[Sequence[object]]
) -> None:
    """Write UTF-8 with the mark by which Excel knows it."""
    if isinstance(target, str | Path):
        with Path(target).open("wb") as file:
            write_csv(file, header, rows)
        return
    wrapper = io.TextIOWrapper(target, encoding="utf-8-sig", newline="")
    writer = csv.writer(wrapper)
    writer.writerow([_csv_cell(name) for name in header])
    writer.writerows([_csv_cell(value) for value in row] for row in rows)
    wrapper.flush()
    wrapper.detach()


# The sheet and the format are Any: xlsxwriter ships no types.
def _write_cell(sheet: Any, row: int, column: int, value: object, day: Any) -> None:
    match value:
        case datetime():
            sheet.write_string(row, column, f"{clock.local(value):%Y-%m-%d %H:%M}")
        case date():
            sheet.write_datetime(row, column, value, day)
        case bool():
            sheet.write_string(row, column, _yes_or_no(value))
        case int() | float() | Decimal() if _is_short(value):
            sheet.write_number(row, column, value)
        case _:
            sheet.write_string(row, column, _fitting(rendered(value)))


def _csv_cell(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return f"{clock.local(value):%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case bool():
            return _yes_or_no(value)
        case int() | float() | Decimal():
            return str(value)
        case _:
            return disarmed(rendered(value))


def _is_short(number: int | float | Decimal) -> bool:
    """Whether Excel will show the number with all its digits."""
    return -LONGEST_NUMBER < number < LONGEST_NUMBER


def _yes_or_no(value: bool) -> str:
    return str(Text("Yes") if value else Text("No"))


def _fitting(text: str) -> str:
    """Excel refuses longer cells and would drop them; the cut is shown."""
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _check_rows(number: int) -> None:
    if number >= MOST_ROWS:
        raise TooLarge(Text("A sheet holds %(limit)s rows; choose fewer.", limit=MOST_ROWS - 1))

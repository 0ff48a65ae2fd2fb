"""The file itself: a workbook or a text table, written row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from training_oversight.exports.layouts import FileForm
from training_oversight.spreadsheets import write, write_csv

# Excel takes these for numbers when it opens a text table: of a licence number nothing but
# 2.99E+14 is left, of 0571 only 571. The tab behind it makes it text; every reader drops it.
_FOR_A_NUMBER = re.compile(r"0\d+|\d{12,}")


def write_file(
    target: Path | BinaryIO,
    header: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    form: FileForm,
    foot: object = None,
) -> None:
    """Write the rows as they come; nothing of the table is kept in memory.

    A text table has no foot: a line below the rows would be read as one of them.
    """
    match form:
        case FileForm.XLSX:
            write(target, header, rows, foot=foot)
        case FileForm.CSV:
            write_csv(target, header, map(_as_text, rows))


def _as_text(row: Sequence[object]) -> list[object]:
    return [
        f"{cell}\t" if type(cell) is str and _FOR_A_NUMBER.fullmatch(cell) else cell for cell in row
    ]

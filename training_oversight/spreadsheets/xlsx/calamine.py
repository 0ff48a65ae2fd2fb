"""The one place that talks to calamine, a reader of workbooks written in Rust.

What it is given has been looked through before; what it still cannot read becomes a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from training_oversight.spreadsheets.archives import damaged, locked
from training_oversight.spreadsheets.files import Source
from training_oversight.spreadsheets.grids import Merge


def workbook(source: Source) -> CalamineWorkbook:
    """The workbook, which holds its content itself and is opened once for all sheets."""
    with _understood(), source.stream() as stream:
        return CalamineWorkbook.from_filelike(stream)


def sheet(book: CalamineWorkbook, name: str) -> tuple[CalamineSheet, list[Merge]]:
    with _understood():
        found = book.get_sheet_by_name(name)
        return found, _merges(found)


def visible(book: CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in book.sheets_metadata
        if (sheet.visible, sheet.typ) == (SheetVisibleEnum.Visible, SheetTypeEnum.WorkSheet)
    ]


def _merges(sheet: CalamineSheet) -> list[Merge]:
    return [
        Merge(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]


@contextmanager
def _understood() -> Iterator[None]:
    try:
        yield
    except PasswordError as error:
        raise locked() from error
    except CalamineError as error:
        raise damaged() from error
    except BaseException as error:
        # Rust's panic reaches Python as an exception that no class names.
        if type(error).__name__ == "PanicException":
            raise damaged() from error
        raise

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


@contextmanager
def workbook(source: Source) -> Iterator[CalamineWorkbook]:
    with _understood(), source.stream() as stream, CalamineWorkbook.from_filelike(stream) as book:
        yield book


def visible(book: CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in book.sheets_metadata
        if (sheet.visible, sheet.typ) == (SheetVisibleEnum.Visible, SheetTypeEnum.WorkSheet)
    ]


def merges(sheet: CalamineSheet) -> list[Merge]:
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

"""Workbooks. Before a byte reaches the reader it is made sure that the file is one, that it is
whole, and that unpacking it does not fill the memory."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

import filetype
from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from training_oversight.errors import BadInput, TooLarge
from training_oversight.spreadsheets.cells import Value, from_cell
from training_oversight.texts import Text

OLE = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
CHUNK = 1 << 20
MAX_UNPACKED = 200 * CHUNK
# The reader lays a sheet out as a full rectangle: two cells in opposite corners
# of an empty sheet would be seventeen thousand million.
MAX_CELLS = 2_000_000
FILLED_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?:[^>]{0,200}\s)?r=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]{0,200}(?<!/)>"
)
LONGEST_TAG = 512


def tables(content: bytes) -> Iterator[tuple[str, list[list[Value]]]]:
    """Name and rows of each visible sheet, from the first row and column on."""
    _check_kind(content)
    _check_archive(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in workbook.sheets_metadata:
            if (sheet.visible, sheet.typ) == (SheetVisibleEnum.Visible, SheetTypeEnum.WorkSheet):
                rows = workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
                yield sheet.name, [[from_cell(cell) for cell in row] for row in rows]
    except PasswordError as error:
        raise _locked() from error
    except CalamineError as error:
        raise _damaged() from error


def _check_kind(content: bytes) -> None:
    if content.startswith(OLE):
        raise _locked() if ENCRYPTED in content else _old_format()
    if not content.startswith(b"PK"):
        raise BadInput(
            Text(
                "The file is called .xlsx but is not a workbook (it is %(found)s): open it and "
                "save it as .xlsx.",
                found=_found(content),
            )
        )


def _found(content: bytes) -> Text:
    if filetype.is_image(content):
        return Text("a picture")
    if b"\0" not in content[:CHUNK] and filetype.guess(content) is None:
        return Text("plain text")
    return Text("another kind of file")


def _check_archive(content: bytes) -> None:
    """Unpack everything once, counting: an archive may lie about its sizes."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise BadInput(
                    Text("The file is called .xlsx but is another document: save it as .xlsx.")
                )
            unpacked = 0
            for entry in archive.infolist():
                unpacked = _unpack(archive, entry, unpacked)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise _damaged() from error
    except RuntimeError as error:  # zipfile's word for an encrypted entry
        raise _locked() from error


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, unpacked: int) -> int:
    extent = _Extent()
    is_sheet = entry.filename.startswith("xl/worksheets/")
    with archive.open(entry) as part:
        while chunk := part.read(CHUNK):
            unpacked += len(chunk)
            if unpacked > MAX_UNPACKED:
                raise TooLarge(Text("The workbook unpacks to more than can be read. Split it."))
            if is_sheet:
                extent.look(chunk)
    return unpacked


class _Extent:
    """The rectangle that the filled cells of a sheet span."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self.rest = b""

    def look(self, chunk: bytes) -> None:
        for letters, row in FILLED_CELL.findall(self.rest + chunk):
            self.rows = max(self.rows, int(row))
            self.columns = max(self.columns, _column(letters))
        # A tag may lie across two chunks; looking at one twice does no harm.
        self.rest = chunk[-LONGEST_TAG:]
        if self.rows * self.columns > MAX_CELLS:
            raise TooLarge(
                Text(
                    "The sheet reaches to row %(rows)s and column %(columns)s, mostly empty: "
                    "delete what lies beside and below the table.",
                    rows=self.rows,
                    columns=self.columns,
                )
            )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _locked() -> BadInput:
    return BadInput(
        Text("The workbook is protected by a password: save it without one and send it again.")
    )


def _old_format() -> BadInput:
    return BadInput(Text("The file is an old .xls: open it and save it as .xlsx."))


def _damaged() -> BadInput:
    return BadInput(
        Text("The workbook is damaged or incomplete: open it, save it as .xlsx and try again.")
    )

"""Text tables: .csv as Chinese Excel, WPS and other systems write them."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable

from training_oversight.errors import BadInput
from training_oversight.spreadsheets.cells import Value, from_text
from training_oversight.texts import Text

DELIMITERS = (",", ";", "\t")
# Rows in which the delimiter is looked for.
SNIFFED = 10


Table = list[list[Value]]


def tables(content: bytes, recognised: Callable[[Table], int]) -> list[tuple[str, Table]]:
    """The one table of the file, as a list to match a workbook's many.

    The delimiter is the one with which most of the header is ``recognised``:
    counting marks would be led astray by the sentences in the cells.
    """
    if content.startswith(b"PK\x03\x04"):
        raise BadInput(Text("The file is called .csv but is a workbook: rename it to .xlsx."))
    text = _decoded(content)
    head = "\n".join(text.splitlines()[:SNIFFED])
    delimiter = max(DELIMITERS, key=lambda mark: recognised(_table(head, mark)))
    return [("", _table(text, delimiter, strict=True))]


def _decoded(content: bytes) -> str:
    encodings = ["utf-8-sig", "gb18030"]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadInput(Text("The file is called .csv but holds no text: save the table as .xlsx."))


def _table(text: str, delimiter: str, *, strict: bool = False) -> Table:
    # Strict, an open quotation mark is an error; else it would swallow rows in silence.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    try:
        return [[from_text(field) for field in row] for row in reader]
    except csv.Error as error:
        raise BadInput(
            Text(
                "The .csv cannot be taken apart near line %(line)s, where a quotation mark is "
                "out of place: correct it or save the table as .xlsx.",
                line=reader.line_num,
            )
        ) from error

"""Text tables: .csv as Chinese Excel, WPS and other systems write them."""

from __future__ import annotations

import codecs
import csv
import io
from array import array
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from training_oversight.errors import BadInput
from training_oversight.spreadsheets.cells import LOST, from_text
from training_oversight.spreadsheets.files import Source
from training_oversight.spreadsheets.grids import Grid, Line
from training_oversight.texts import Text

DELIMITERS = (",", "\t", ";")
# One sign in so many may be lost.
READABLE = 20
# Signs that stand in no text, but in files that are none.
NO_TEXT = "".join(map(chr, {*range(0x20)} - {*map(ord, "\t\n\v\f\r\x1a\x1c\x1d\x1e\x1f")}))
LAST_OF_ONE_BYTE = "\x7f"
# Rows in which the delimiter is looked for.
SNIFFED = 20


@dataclass(frozen=True)
class TextTable:
    """The one table of the file, without a name."""

    table: Grid
    names: list[str] = field(default_factory=lambda: [""])

    def grid(self, _name: str) -> Grid:
        return self.table


def opened(source: Source, recognised: Callable[[list[Line]], int]) -> TextTable:
    """The delimiter is the one with which most of the header is ``recognised``.

    Counting marks would be led astray by the sentences in the cells; it decides only where
    nothing is recognised.
    """
    text = _decoded(source.content())
    source.limits.check_fields(sum(map(text.count, ("\n", "\r", *DELIMITERS))))
    head = "\n".join(text[: csv.field_size_limit()].splitlines()[:SNIFFED])
    trials = {mark: list(_lines(head, mark, strict=False)) for mark in DELIMITERS}
    delimiter = max(
        DELIMITERS, key=lambda mark: (recognised(trials[mark]), _usual_width(trials[mark]))
    )
    lines = partial(_lines, text, delimiter, strict=True)
    widths = array("L", map(len, lines()))
    return TextTable(Grid("", lines, len(widths), max(widths, default=0)))


def _usual_width(lines: list[Line]) -> int:
    """How many columns most of the rows have that have more than one."""
    widths = sorted(len(line) for line in lines if len(line) > 1)
    return widths[len(widths) // 2] if widths else 1


def _decoded(content: bytes) -> str:
    """The text in the encoding in which all of it, or else nearly all, can be read.

    An export may cut a field in the middle of a sign: that costs its cell, not the list.
    """
    encodings = _encodings(content)
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            whole = content.decode(encoding)
            if "\0" not in whole:
                return whole
    text, lost = min((_trial(content, one) for one in encodings), key=lambda trial: trial[1])
    if lost * READABLE > len(text) or "\0" in text:
        raise BadInput(
            Text(
                "The file holds neither a workbook nor text that can be read: open it in a "
                "spreadsheet program and save it as .xlsx."
            )
        )
    return text


def _encodings(content: bytes) -> list[str]:
    """In order of trust: where two lose as little, the first is meant."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ["utf-16"]
    return ["utf-8-sig", "gb18030"]


def _trial(content: bytes, encoding: str) -> tuple[str, int]:
    text = content.decode(encoding, "replace")
    if encoding == "utf-8-sig" and (lost := text.count(LOST)) and _is_utf_8(text, lost):
        # What one stray byte breaks here may well be readable, and nonsense, in another encoding.
        return text, 0
    return text, text.count(LOST) + sum(map(text.count, NO_TEXT))


def _is_utf_8(text: str, lost: int) -> bool:
    """Whether far more signs of several bytes are right in it than wrong: no chance is so great."""
    return sum(sign > LAST_OF_ONE_BYTE for sign in text) > lost * READABLE


def _lines(text: str, delimiter: str, *, strict: bool) -> Iterator[Line]:
    # Strict, an open quotation mark is an error; else it would swallow rows in silence.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    try:
        for row in reader:
            yield [from_text(field) for field in row]
    except csv.Error as error:
        raise BadInput(
            Text(
                "The .csv cannot be taken apart near line %(line)s, where a quotation mark is "
                "out of place: correct it or save the table as .xlsx.",
                line=reader.line_num,
            )
        ) from error

"""The cells of a sheet in a workbook of 1997.

They are kept as they come, so that a sheet costs what stands in it, however far apart that is.
"""

from __future__ import annotations

import struct
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from training_oversight.spreadsheets import number_formats
from training_oversight.spreadsheets.archives import damaged
from training_oversight.spreadsheets.cells import (
    Value,
    from_cell,
    from_cell_since_1904,
)
from training_oversight.spreadsheets.grids import Line, Merge, Unseen
from training_oversight.spreadsheets.limits import Limits
from training_oversight.spreadsheets.unusable import ErrorCell
from training_oversight.spreadsheets.xls import formats
from training_oversight.spreadsheets.xls.records import CONTINUED, records, short_text

BEGINNINGS, END = frozenset({0x009, 0x209, 0x409, 0x809}), 0x0A
# What a program of today keeps of an error is its number.
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
# What the format has; a forged file may name 65,536, which every row would be as long as.
MOST_COLUMNS = 256
PLACE, NUMBER, PACKED = struct.Struct("<HHH"), struct.Struct("<d"), struct.Struct("<i")
# A formula's result is a number unless it ends so; then its first byte says what it is.
NO_NUMBER = b"\xff\xff"
HIDDEN_ROW, HIDDEN_COLUMN = 0x20, 1
# What says that a row, or a column, is hidden ends here.
LONG_ENOUGH, LONG_ENOUGH_OF_A_COLUMN = 14, 10
TEXT_FOLLOWS, TRUTH, ERROR = 0, 1, 2


@dataclass
class Book:
    """What the cells of every sheet refer to."""

    limits: Limits
    is_unicode: bool = True
    encoding: str = "gb18030"
    since_1904: bool = False
    texts: list[str] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    # By style: the number of its format.
    styles: list[int] = field(default_factory=list)
    # The same for its font, and the fonts that strike out.
    fonts: list[int] = field(default_factory=list)
    struck: set[int] = field(default_factory=set)

    def text(self, content: bytes, place: int, count: int) -> str:
        if self.is_unicode:
            return short_text(content, place, count)
        return content[place : place + count].decode(self.encoding, "replace")

    def number(self, number: float, style: int) -> Value:
        kind = self.styles[style] if style < len(self.styles) else 0
        code = self.formats.get(kind, "")
        if kind in formats.DAYS or formats.is_day(code):
            return formats.day(number, since_1904=self.since_1904)
        if kind in formats.TIMES or formats.is_time(code):
            return formats.clock_time(number)
        if pattern := number_formats.pattern_of(code):
            return number_formats.shown(from_cell(number), pattern)
        return from_cell_since_1904(number) if self.since_1904 else from_cell(number)

    def strikes(self, style: int) -> bool:
        return style < len(self.fonts) and self.fonts[style] in self.struck


class Cells:
    """Rows and columns count from 0 here, as they do in the file."""

    def __init__(self, book: Book, stream: bytes, place: int) -> None:
        self.merges: list[Merge] = []
        self._hidden_rows, self._hidden_columns = set[int](), set[int]()
        self._struck = Counter[int]()
        self._book = book
        self._rows: dict[int, dict[int, Value]] = defaultdict(dict)
        self._count = 0
        # A formula whose text is still to come, and how much of it.
        self._awaited: tuple[int, int] | None = None
        self._missing = 0
        try:
            self._read(stream, place)
        except struct.error as error:
            raise damaged() from error

    @property
    def height(self) -> int:
        return max(self._rows, default=-1) + 1

    @property
    def width(self) -> int:
        return max((max(row) for row in self._rows.values()), default=-1) + 1

    @property
    def unseen(self) -> Unseen:
        return Unseen(self._hidden_rows, self._hidden_columns, self._struck)

    def lines(self) -> Iterator[Line]:
        for number in range(self.height):
            row = self._rows.get(number, {})
            line: Line = [""] * (max(row, default=-1) + 1)
            for column, value in row.items():
                line[column] = value
            yield line

    def _read(self, stream: bytes, place: int) -> None:
        takers = self._takers()
        depth = 0
        for kind, content in records(stream, place):
            if kind in BEGINNINGS:
                depth += 1
            elif kind == END:
                depth -= 1
                if depth <= 0:
                    return
            # Deeper lie the charts of the sheet.
            elif depth == 1 and (take := takers.get(kind)):
                take(content)
        raise damaged()

    def _takers(self) -> dict[int, Callable[[bytes], None]]:
        return {
            0x0FD: self._shared_text,
            0x204: self._text,
            0x0D6: self._text,
            0x203: self._number,
            0x27E: self._packed,
            0x0BD: self._packed_row,
            0x205: self._truth_or_error,
            **dict.fromkeys((0x006, 0x206, 0x406), self._formula),
            **dict.fromkeys((0x007, 0x207), self._formula_text),
            CONTINUED: self._more_text,
            0x0E5: self._merged,
            0x208: self._row,
            0x07D: self._columns,
            # The oldest have three bytes of style.
            0x002: self._oldest_integer,
            0x003: self._oldest_number,
            0x004: self._oldest_text,
        }

    def _put(self, row: int, column: int, value: Value) -> None:
        if column >= MOST_COLUMNS:
            raise damaged()
        if value:
            self._rows[row][column] = value
            self._count += 1
            self._book.limits.check_filled(self._count)

    def _strike(self, row: int, style: int) -> None:
        if self._book.strikes(style):
            self._struck[row + 1] += 1

    def _row(self, content: bytes) -> None:
        if len(content) < LONG_ENOUGH:
            return  # Some programs end it before what is not needed.
        row, flags = struct.unpack_from("<H10xH", content)
        if flags & HIDDEN_ROW:
            self._hidden_rows.add(row + 1)

    def _columns(self, content: bytes) -> None:
        if len(content) < LONG_ENOUGH_OF_A_COLUMN:
            return
        first, last, flags = struct.unpack_from("<HH4xH", content)
        if flags & HIDDEN_COLUMN:
            self._hidden_columns.update(range(first + 1, min(last, MOST_COLUMNS) + 2))

    def _shared_text(self, content: bytes) -> None:
        row, column, style = PLACE.unpack_from(content)
        (number,) = struct.unpack_from("<I", content, 6)
        self._strike(row, style)
        texts = self._book.texts
        self._put(row, column, from_cell(texts[number]) if number < len(texts) else "")

    def _text(self, content: bytes) -> None:
        row, column, style = PLACE.unpack_from(content)
        (count,) = struct.unpack_from("<H", content, 6)
        self._strike(row, style)
        self._put(row, column, from_cell(self._book.text(content, 8, count)))

    def _number(self, content: bytes) -> None:
        row, column, style = PLACE.unpack_from(content)
        (number,) = NUMBER.unpack_from(content, 6)
        self._put(row, column, self._book.number(number, style))

    def _packed(self, content: bytes) -> None:
        row, column, style = PLACE.unpack_from(content)
        self._put(row, column, self._book.number(_unpacked(content, 6), style))

    def _packed_row(self, content: bytes) -> None:
        row, column = struct.unpack_from("<HH", content)
        for place in range(4, len(content) - 7, 6):
            (style,) = struct.unpack_from("<H", content, place)
            self._put(row, column, self._book.number(_unpacked(content, place + 2), style))
            column += 1

    def _truth_or_error(self, content: bytes) -> None:
        row, column, _ = PLACE.unpack_from(content)
        value, is_error = struct.unpack_from("<BB", content, 6)
        self._put(row, column, _error(value) if is_error else from_cell(bool(value)))

    def _formula(self, content: bytes) -> None:
        row, column, style = PLACE.unpack_from(content)
        result = content[6:14]
        if result[6:] != NO_NUMBER:
            self._put(row, column, self._book.number(NUMBER.unpack(result)[0], style))
        elif result[0] == TEXT_FOLLOWS:
            self._awaited = row, column
        elif result[0] in (TRUTH, ERROR):
            is_error = result[0] == ERROR
            self._put(row, column, _error(result[2]) if is_error else from_cell(bool(result[2])))

    def _formula_text(self, content: bytes) -> None:
        (count,) = struct.unpack_from("<H", content)
        self._add_text(self._book.text(content, 2, count), count)

    def _more_text(self, content: bytes) -> None:
        if self._missing:
            self._add_text(self._book.text(content, 0, self._missing), self._missing)

    def _add_text(self, text: str, expected: int) -> None:
        self._missing = expected - len(text)
        if self._awaited is None:
            return
        row, column = self._awaited
        before = self._rows[row].get(column, "")
        self._put(row, column, from_cell(f"{before}{text}"))

    def _merged(self, content: bytes) -> None:
        for place in range(2, len(content) - 7, 8):
            top, bottom, left, right = struct.unpack_from("<HHHH", content, place)
            self.merges.append(Merge(top + 1, left + 1, bottom + 1, right + 1))

    def _oldest_integer(self, content: bytes) -> None:
        row, column = struct.unpack_from("<HH", content)
        self._put(row, column, from_cell(struct.unpack_from("<H", content, 7)[0]))

    def _oldest_number(self, content: bytes) -> None:
        row, column = struct.unpack_from("<HH", content)
        self._put(row, column, from_cell(NUMBER.unpack_from(content, 7)[0]))

    def _oldest_text(self, content: bytes) -> None:
        row, column, count = struct.unpack_from("<HH3xB", content)
        self._put(row, column, from_cell(self._book.text(content, 8, count)))


def _unpacked(content: bytes, place: int) -> float:
    """A number in four bytes instead of eight; of the last two bits the one says that it is whole,
    the other that it is to be divided by a hundred."""
    (packed,) = PACKED.unpack_from(content, place)
    whole, hundredth = packed & 2, packed & 1
    number: float = packed >> 2
    if not whole:
        (number,) = NUMBER.unpack(bytes(4) + PACKED.pack(packed & ~3))
    return number / 100 if hundredth else number


def _error(number: int) -> Value:
    return ErrorCell(ERRORS.get(number, "#N/A"))

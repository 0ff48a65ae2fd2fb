"""The workbooks of 1997 and before, .xls: those of Excel and WPS, and the bare records that many
programs of bureaus write under that name."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from training_oversight.spreadsheets.archives import damaged, locked
from training_oversight.spreadsheets.grids import Grid
from training_oversight.spreadsheets.limits import Limits
from training_oversight.spreadsheets.xls.cells import Book, Cells
from training_oversight.spreadsheets.xls.compound import Compound
from training_oversight.spreadsheets.xls.records import CONTINUED, SharedTexts, records

STREAMS = ("Workbook", "Book")
# How a file begins that is nothing but records: of four versions, each with its short length.
BARE = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")
BEGIN, END, LOCKED, CODE_PAGE, SINCE_1904 = 0x809, 0x0A, 0x2F, 0x42, 0x22
FORMAT, FONT, STYLE, SHEET, SHARED_TEXTS = 0x41E, 0x31, 0xE0, 0x85, 0xFC
# Of a font; and the one number that no font has.
STRIKES, NO_FONT = 0x08, 4
# The version whose texts say how wide their signs are; before, a code page does.
UNICODE = 0x600
CODE_PAGES = {936: "gb18030", 950: "big5", 1252: "cp1252", 54936: "gb18030", 65001: "utf-8"}
# Of a sheet: 0 where it can be seen, and 0 where it has cells.
OF_CELLS = b"\0\0"


@dataclass(frozen=True)
class OldWorkbook:
    book: Book
    stream: bytes
    # By the name of the sheet, where it begins.
    places: dict[str, int]

    @property
    def names(self) -> list[str]:
        return list(self.places)

    def grid(self, name: str) -> Grid:
        begin = self.places[name]
        # No sheet reaches into the next: a forged one would be read again with each.
        end = min((place for place in self.places.values() if place > begin), default=None)
        cells = Cells(self.book, self.stream[begin:end], 0)
        return Grid(name, cells.lines, cells.height, cells.width, cells.merges, cells.unseen)


def is_bare(head: bytes) -> bool:
    return head.startswith(BARE)


def opened_bare(content: bytes, limits: Limits) -> OldWorkbook:
    """Records without a container, which are one sheet."""
    (version,) = struct.unpack_from("<H", content, 4)
    return OldWorkbook(Book(limits, is_unicode=version >= UNICODE), content, {"": 0})


def opened(container: Compound, limits: Limits) -> OldWorkbook:
    name = next(name for name in STREAMS if name in container.names)
    stream = container.stream(name)
    try:
        found = _Globals(Book(limits), stream)
    except struct.error as error:
        raise damaged() from error
    return OldWorkbook(found.book, stream, found.places)


class _Globals:
    """What stands before the sheets."""

    def __init__(self, book: Book, stream: bytes) -> None:
        self.book = book
        self.places: dict[str, int] = {}
        self._texts: list[bytes] = []
        self._fonts = 0
        takers = {
            BEGIN: self._begin,
            LOCKED: self._refuse,
            CODE_PAGE: self._code_page,
            SINCE_1904: self._epoch,
            FORMAT: self._format,
            FONT: self._font,
            STYLE: self._style,
            SHEET: self._sheet,
            SHARED_TEXTS: self._texts.append,
        }
        before = None
        for kind, content in records(stream):
            if kind == END:
                break
            if take := takers.get(kind):
                take(content)
            elif kind == CONTINUED and before == SHARED_TEXTS:
                self._texts.append(content)
                continue
            before = kind
        else:
            raise damaged()
        book.texts = SharedTexts(self._texts).all()

    def _begin(self, content: bytes) -> None:
        self.book.is_unicode = struct.unpack_from("<H", content)[0] >= UNICODE

    def _refuse(self, _content: bytes) -> None:
        raise locked()

    def _code_page(self, content: bytes) -> None:
        (number,) = struct.unpack_from("<H", content)
        self.book.encoding = CODE_PAGES.get(number, self.book.encoding)

    def _epoch(self, content: bytes) -> None:
        self.book.since_1904 = struct.unpack_from("<H", content)[0] == 1

    def _format(self, content: bytes) -> None:
        number, count = struct.unpack_from("<HH" if self.book.is_unicode else "<HB", content)
        place = 4 if self.book.is_unicode else 3
        self.book.formats[number] = self.book.text(content, place, count)

    def _font(self, content: bytes) -> None:
        number = self._fonts + (self._fonts >= NO_FONT)
        self._fonts += 1
        if content[2:3] and content[2] & STRIKES:
            self.book.struck.add(number)

    def _style(self, content: bytes) -> None:
        font, kind = struct.unpack_from("<HH", content)
        self.book.fonts.append(font)
        self.book.styles.append(kind)

    def _sheet(self, content: bytes) -> None:
        place, count = struct.unpack_from("<I2xB", content)
        if content[4:6] == OF_CELLS:
            if place in self.places.values():
                raise damaged()
            self.places[self.book.text(content, 7, count)] = place
            self.book.limits.check_sheets(len(self.places))

"""The records of which a workbook of 1997 consists, and the texts in them."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from training_oversight.spreadsheets.archives import damaged

HEAD = struct.Struct("<HH")
CONTINUED = 0x3C
WIDE, EXTENDED, RICH = 1, 4, 8

Record = tuple[int, bytes]


def records(stream: bytes, place: int = 0) -> Iterator[Record]:
    """Kind and content of each, to the end of the stream."""
    end = len(stream) - HEAD.size
    while place <= end:
        kind, size = HEAD.unpack_from(stream, place)
        place += HEAD.size
        if place + size > len(stream):
            raise damaged()
        yield kind, stream[place : place + size]
        place += size


def short_text(content: bytes, place: int, count: int) -> str:
    """A text whose length is known: one sign that says how wide the others are, and these."""
    if place >= len(content):
        return ""
    wide = content[place] & WIDE
    units = content[place + 1 : place + 1 + count * (1 + wide)]
    return units.decode("utf-16-le" if wide else "latin-1", "replace")


class SharedTexts:
    """The texts that cells share, in one record and those that continue it."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts = parts
        self._part, self._place = 0, 0

    def all(self) -> list[str]:
        """Read to the end: the count at the beginning is wrong in the files of some programs."""
        texts: list[str] = []
        try:
            if self._parts:
                self._take(8)
            while self._is_more():
                texts.append(self._text())
        except (IndexError, struct.error) as error:
            raise damaged() from error
        return texts

    def _is_more(self) -> bool:
        return self._part < len(self._parts) - 1 or (
            self._part < len(self._parts) and self._left() > 0
        )

    def _text(self) -> str:
        (count, options) = struct.unpack("<HB", self._take(3))
        runs = struct.unpack("<H", self._take(2))[0] if options & RICH else 0
        extra = struct.unpack("<I", self._take(4))[0] if options & EXTENDED else 0
        signs = []
        while True:
            width = 1 + (options & WIDE)
            units = self._here(count * width)
            signs.append(units.decode("utf-16-le" if width > 1 else "latin-1", "replace"))
            count -= len(units) // width
            if count <= 0:
                break
            # The rest stands in the next record, which says again how wide the signs are.
            self._part, self._place = self._part + 1, 0
            options = self._take(1)[0]
        self._skip(4 * runs + extra)
        return "".join(signs)

    def _take(self, size: int) -> bytes:
        if self._place >= len(self._parts[self._part]):
            self._part, self._place = self._part + 1, 0
        return self._here(size, whole=True)

    def _here(self, size: int, *, whole: bool = False) -> bytes:
        found = self._parts[self._part][self._place : self._place + size]
        if whole and len(found) < size:
            raise IndexError(size)
        self._place += len(found)
        return found

    def _skip(self, size: int) -> None:
        while size > 0:
            size -= len(self._take(min(size, max(1, self._left()))))

    def _left(self) -> int:
        return len(self._parts[self._part]) - self._place

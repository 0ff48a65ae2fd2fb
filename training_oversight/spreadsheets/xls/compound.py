"""The container of all documents of 1997: streams cut into sectors, chained by a table.

A damaged file may chain sectors in a circle or point outside itself: every step is checked.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from training_oversight.spreadsheets.archives import damaged

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = struct.Struct("<24xHHHHH6xIIIIIIIII")
HEADER_SIZE, IN_HEADER, ENTRY_SIZE = 512, 109, 128
# Sectors are 2 ** 9 bytes, and in some large files 2 ** 12.
SHIFTS = (9, 12)
LAST = 0xFFFFFFFA
STREAM, ROOT = 2, 5


@dataclass(frozen=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


class Compound:
    """Raises ``BadInput`` for a container that is damaged."""

    def __init__(self, content: bytes) -> None:
        if len(content) < HEADER_SIZE or not content.startswith(MAGIC):
            raise damaged()
        self._content = content
        _, _, _, shift, mini, _, _, first, _, self._cutoff, minis, _, more, _ = HEADER.unpack_from(
            content
        )
        if shift not in SHIFTS or mini >= shift:
            raise damaged()
        self._size, self._mini_size = 1 << shift, 1 << mini
        self._next = self._table(self._table_sectors(more))
        self._mini_next = self._table(list(self._chain(minis, self._next)))
        self._entries = list(self._directory(first))
        root = next((entry for entry in self._entries if entry.kind == ROOT), None)
        self._minis = self._joined(root.start) if root else b""

    @property
    def names(self) -> list[str]:
        return [entry.name for entry in self._entries if entry.kind == STREAM]

    def stream(self, name: str) -> bytes:
        entry = next(entry for entry in self._entries if (entry.kind, entry.name) == (STREAM, name))
        if entry.size >= self._cutoff:
            content = self._joined(entry.start)
        else:
            size = self._mini_size
            content = b"".join(
                self._minis[sector * size : (sector + 1) * size]
                for sector in self._chain(entry.start, self._mini_next)
            )
        if len(content) < entry.size:
            raise damaged()
        return content[: entry.size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._content):
            raise damaged()
        return self._content[start : start + self._size]

    def _joined(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._chain(start, self._next)))

    def _chain(self, start: int, following: array[int]) -> Iterator[int]:
        for _ in range(len(following) + 1):
            if start > LAST:
                return
            yield start
            if start >= len(following):
                raise damaged()
            start = following[start]
        raise damaged()

    def _table_sectors(self, more: int) -> list[int]:
        """Where the table of chains stands: named in the header, and in sectors of their own."""
        found = list(struct.unpack_from(f"<{IN_HEADER}I", self._content, 76))
        for _ in range(len(self._content) // self._size + 1):
            if more > LAST:
                return [sector for sector in found if sector <= LAST]
            *named, more = self._numbers(self._sector(more))
            found += [sector for sector in named if sector <= LAST]
            if len(found) > len(self._content) // self._size + IN_HEADER:
                raise damaged()  # More of the table than there are sectors in the file.
        raise damaged()

    def _table(self, sectors: list[int]) -> array[int]:
        table = array("I")
        for sector in sectors:
            table.extend(self._numbers(self._sector(sector)))
        return table

    def _numbers(self, sector: bytes) -> tuple[int, ...]:
        count = len(sector) // 4
        return struct.unpack(f"<{count}I", sector[: count * 4])

    def _directory(self, first: int) -> Iterator[_Entry]:
        content = self._joined(first)
        for place in range(0, len(content) - ENTRY_SIZE + 1, ENTRY_SIZE):
            length, kind = struct.unpack_from("<HB", content, place + 64)
            start, size = struct.unpack_from("<II", content, place + 116)
            name = content[place : place + max(min(length, 64) - 2, 0)]
            yield _Entry(name.decode("utf-16-le", "replace"), kind, start, size)

"""How much text the cells of a sheet stand for.

A workbook keeps each text once, and the reader makes a copy for every cell that refers to it: a few
thousand bytes can be made to fill any memory.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable

from training_oversight.spreadsheets.limits import Limits
from training_oversight.spreadsheets.xlsx.extents import cells

END = re.compile(rb"</(?:\w+:)?si\s*>|<(?:\w+:)?si\s*/>")
# A tag may lie across two chunks.
OVERLAP = 64


class SharedTexts:
    """The length of each text, as it stands in the file."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.lengths = array("L")
        self._length, self._rest = 0, b""

    def look(self, chunk: bytes) -> None:
        *ended, rest = END.split(self._rest + chunk)
        for text in ended:
            self.lengths.append(self._length + len(text))
            self._length = 0
        self._length += max(len(rest) - OVERLAP, 0)
        self._rest = rest[-OVERLAP:]

    def are_short(self, filled: int) -> bool:
        """Whether that many cells cannot stand for too much, whatever they refer to."""
        return filled * max(self.lengths, default=0) <= self.limits.unpacked

    def check(self, sheet: Iterable[bytes]) -> None:
        total = 0
        for kind, result in cells(sheet):
            if kind == b"s" and result.isdigit() and int(result) < len(self.lengths):
                total += self.lengths[int(result)]
                self.limits.check_unpacked(total)

"""How far the cells of an .xlsx sheet reach, and the ones that its reader takes for empty.

The reader lays a sheet out as a full rectangle and tells neither an error from an empty cell nor a
formula that was never computed. The sheet's XML is looked through in chunks as it is unpacked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from training_oversight.spreadsheets.archives import damaged
from training_oversight.spreadsheets.cells import (
    Value,
)
from training_oversight.spreadsheets.limits import Limits
from training_oversight.spreadsheets.unusable import ErrorCell, Picture, Uncomputed

# What stands in a start tag after its name: a ">" in quotation marks does not end it.
ATTRIBUTES = rb"""[^"'>/]*+(?:(?:"[^"]*+"|'[^']*+'|/(?!>))[^"'>/]*+)*+"""
# How a cell without anything in it ends: closed in its own tag, or right behind it.
EMPTY = rb"(/?)>(</(?:\w+:)?c\s*>)?"
# A cell as nearly everybody writes it, its place first.
USUAL = re.compile(rb"""<(?:\w+:)?c\s+r=["']([A-Za-z]{1,9})(\d{1,9})["']""" + ATTRIBUTES + EMPTY)
START = re.compile(rb"<(?:\w+:)?c[\s/>]")
TAG = re.compile(rb"<(?:\w+:)?(c|row)(?=[\s/>])(" + ATTRIBUTES + rb")" + EMPTY)
FULL = re.compile(
    rb"<(?:\w+:)?c(?=[\s>])(" + ATTRIBUTES + rb")>"
    rb"([^<]*+(?:<(?!/?(?:\w+:)?c[\s/>])[^<]*+)*+)</(?:\w+:)?c\s*>"
)
PLACE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]{1,9})(\d{1,9})["']""")
NUMBER = re.compile(rb"""(?:^|\s)r\s*=\s*["'](\d{1,9})["']""")
# A place that is none of these may mean any to the reader.
ANY_PLACE = re.compile(rb"(?:^|\s)r\s*=")
KIND = re.compile(rb"""(?:^|\s)t\s*=\s*["'](\w+)["']""")
STYLE = re.compile(rb"""(?:^|\s)s\s*=\s*["'](\d{1,6})["']""")
HIDDEN = re.compile(
    rb"""<(?:\w+:)?(row|col)(?=\s[^>]*?\bhidden\s*=\s*["'](?:1|true)["'])([^>]*)>""", re.IGNORECASE
)
FIRST_COLUMN, LAST_COLUMN = (
    re.compile(rb"""(?:^|\s)%s\s*=\s*["'](\d{1,9})["']""" % name) for name in (b"min", b"max")
)
MOST_COLUMNS = 1 << 14
# How the formula begins that shows a picture in a cell, and how a picture without one is kept.
DRAWS = re.compile(rb"<(?:\w+:)?f[^>]*>\s*=?(?:_xlfn\.)?(?:DISPIMG|IMAGE)\(", re.IGNORECASE)
RICH_VALUE = re.compile(rb"(?:^|\s)vm\s*=")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
RESULT = re.compile(rb"<(?:\w+:)?v\s*>([^<]+)<")
# Without one of these no cell of a chunk is an error or a formula.
WORTH_A_LOOK = (b'"e"', b"'e'", b"<f", b":f")
# What one cell may take up: the longest text, each of its signs written as an entity.
LONGEST_CELL = 1 << 20


class Extent:
    """The rectangle that the filled cells span, and the cells whose ``values`` the reader loses.

    ``values`` holds, by row, the columns counted from 0.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.rows = self.columns = self.filled = 0
        self.values: dict[int, dict[int, Value]] = defaultdict(dict)
        # Counted from 1, as they are in the file.
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self._row = self._column = 0
        self._rest = b""

    def look(self, chunk: bytes) -> None:
        content, self._rest = _whole(self._rest + chunk)
        self._take(content)

    def finish(self) -> None:
        """After the last chunk, whatever it ended with."""
        self._take(self._rest)

    def _take(self, content: bytes) -> None:
        usual = USUAL.findall(content)
        if len(usual) == len(START.findall(content)):
            self._take_usual(usual)
        else:
            self._take_any(content)
        self.limits.check_extent(self.rows, self.columns, self.filled)
        if b"hidden" in content:
            self._take_hidden(content)
        if any(mark in content for mark in WORTH_A_LOOK):
            self._take_lost(content)

    def _take_usual(self, found: list[tuple[bytes, bytes, bytes, bytes]]) -> None:
        if filled := [cell for cell in found if not (cell[2] or cell[3])]:
            letters, rows, *_ = zip(*filled, strict=True)
            self.filled += len(filled)
            self.rows = max(self.rows, *map(int, rows))
            self.columns = max(self.columns, *map(column, set(letters)))
        if found:
            self._row, self._column = int(found[-1][1]), column(found[-1][0])

    def _take_any(self, content: bytes) -> None:
        """Cells may leave their place out: then they follow the one before."""
        for name, attributes, closed, ended in TAG.findall(content):
            place = (NUMBER if name == b"row" else PLACE).search(attributes)
            if place is None and ANY_PLACE.search(attributes):
                raise damaged()
            if name == b"row":
                self._row, self._column = int(place[1]) if place else self._row + 1, 0
                continue
            self._column = column(place[1]) if place else self._column + 1
            if not (closed or ended):
                self.filled += 1
                self.rows = max(self.rows, int(place[2]) if place else self._row)
                self.columns = max(self.columns, self._column)

    def _take_lost(self, content: bytes) -> None:
        for attributes, inside in FULL.findall(content):
            place, kind = PLACE.search(attributes), KIND.search(attributes)
            value = _lost(
                kind[1] if kind else b"", inside, is_rich=bool(RICH_VALUE.search(attributes))
            )
            if place and value is not None:
                self.values[int(place[2])][column(place[1]) - 1] = value

    def _take_hidden(self, content: bytes) -> None:
        for name, attributes in HIDDEN.findall(content):
            if name == b"row" and (place := NUMBER.search(b" " + attributes)):
                self.hidden_rows.add(int(place[1]))
            first, last = FIRST_COLUMN.search(attributes), LAST_COLUMN.search(attributes)
            if name == b"col" and first and last:
                most = min(int(last[1]), MOST_COLUMNS)
                self.hidden_columns.update(range(int(first[1]), most + 1))


def styled_cells(
    chunks: Iterable[bytes], styles: Collection[int]
) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Attributes, kind and result of the filled cells that have one of these styles."""
    if not styles:
        return
    numbers = b"|".join(b"%d" % one for one in sorted(styles))
    begins = re.compile(rb"""<(?:\w+:)?c\s(?=[^>]*?\bs\s*=\s*["'](?:%s)["'])""" % numbers)
    rest = b""
    for chunk in chunks:
        content, rest = _whole(rest + chunk)
        for place in begins.finditer(content):
            if found := FULL.match(content, place.start()):
                kind, result = KIND.search(found[1]), RESULT.search(found[2])
                yield found[1], kind[1] if kind else b"", result[1].strip() if result else b""


def cells(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Kind and result of every filled cell, as they are written."""
    rest = b""
    for chunk in chunks:
        content, rest = _whole(rest + chunk)
        for attributes, inside in FULL.findall(content):
            kind, result = KIND.search(attributes), RESULT.search(inside)
            yield kind[1] if kind else b"", result[1].strip() if result else b""


def column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


@lru_cache(maxsize=64)
def _error(shown: bytes) -> Value:
    return ErrorCell(shown.decode(errors="replace").strip())


def _lost(kind: bytes, inside: bytes, *, is_rich: bool) -> Value | None:
    result = RESULT.search(inside)
    if kind == b"e" and (DRAWS.search(inside) or (is_rich and not FORMULA.search(inside))):
        return Picture(result[1].decode(errors="replace") if result else "")
    if kind == b"e":
        return _error(result[1] if result else b"#N/A")
    # A text without anything in it is a result.
    if kind != b"str" and result is None and FORMULA.search(inside):
        return Uncomputed("=")
    return None


def _whole(content: bytes) -> tuple[bytes, bytes]:
    """The content up to a cell, or a tag, that has begun and not ended, and that one."""
    last = max(content.rfind(b"<c"), content.rfind(b"<", 0, content.rfind(b":c") + 1))
    if last < 0 or START.match(content, last) is None or _is_whole(content, last):
        tag = content.rfind(b"<")
        last = tag if tag > content.rfind(b">") else len(content)
    if len(content) - last > LONGEST_CELL:
        raise damaged()
    return content[:last], content[last:]


def _is_whole(content: bytes, place: int) -> bool:
    tag = TAG.match(content, place)
    return tag is not None and (bool(tag[3]) or FULL.match(content, place) is not None)

"""Finding the row that names the columns, under titles and units, in one line or several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from training_oversight.spreadsheets.grids import Line, Merge
from training_oversight.spreadsheets.spellings import Spellings

HEADER_WITHIN = 20
DEEPEST = 3
# A longer text is the title of the table, not of columns.
LONGEST_TITLE = 15
# Nobody merges more cells above a table; a forged file may.
MOST_MERGES, MOST_MERGED = 2_000, 100_000
WIDEST_TITLE = 30


@dataclass(frozen=True)
class Header:
    """Rows count from 1. ``names`` has the known spelling where one was recognised."""

    top: int
    bottom: int
    written: list[str]
    names: list[str]
    known: int

    def is_within(self, other: Header) -> bool:
        lines, others = self.bottom - self.top, other.bottom - other.top
        return lines < others and other.top <= self.top and self.bottom <= other.bottom

    @property
    def is_certain(self) -> bool:
        """One known word may stand in any sheet; two, or nothing but one, make a header."""
        return self.known > 1 or sum(map(bool, self.written)) == self.known


@dataclass(frozen=True)
class _Span:
    """A text and the columns over which it stands."""

    text: str
    left: int
    right: int


class Top:
    """The first rows of a sheet, as somebody sees them: a merged cell is one."""

    def __init__(self, lines: Sequence[Line], merges: Iterable[Merge] = ()) -> None:
        self.height = len(lines)
        self.width = max(map(len, lines), default=0)
        self._lines = [[_one_line(cell) for cell in line] for line in lines]
        self._merges: dict[tuple[int, int], Merge] = {}
        inside = (merge for merge in merges if merge.top <= self.height)
        left = MOST_MERGED
        for merge in islice(inside, MOST_MERGES):
            rows = range(merge.top, min(merge.bottom, self.height) + 1)
            columns = range(merge.left, min(merge.right, self.width) + 1)
            left -= len(rows) * len(columns)
            if left < 0:
                break
            self._merges.update(dict.fromkeys(product(rows, columns), merge))

    def header(self, spellings: Spellings) -> Header | None:
        """The rows with the most known spellings, the upper ones if two have as many."""
        rows = range(1, min(self.height, HEADER_WITHIN) + 1)
        found = [pair for row in rows for pair in self._candidates(row, spellings) if pair[1].known]
        # A row of a header in several lines is none by itself.
        sure = [header for rank, header in found if rank > 0]
        whole = (
            (rank, header)
            for rank, header in found
            if not any(header.is_within(other) for other in sure)
        )
        best = max(whole, key=lambda pair: (pair[1].known, pair[0]), default=None)
        return best and best[1]

    def header_at(self, row: int, spellings: Spellings) -> Header:
        return max(
            self._candidates(row, spellings),
            key=lambda found: (found[0] > 0, found[1].known, found[0]),
        )[1]

    def _candidates(self, top: int, spellings: Spellings) -> Iterator[tuple[int, Header]]:
        """What could be a header beginning here. Where two recognise as much, the rank decides:
        titles merged over their columns are surely such, mere gaps beside a title are not."""
        yield 0, self._named(top, top, spellings, gaps=False)
        for gaps in (False, True):
            for bottom in range(top + 1, min(top + DEEPEST, self.height + 1)):
                if not self._is_joined(bottom - 1, gaps=gaps):
                    break
                if self._has_titles(top):
                    yield (-1 if gaps else bottom), self._named(top, bottom, spellings, gaps=gaps)

    def _is_joined(self, row: int, *, gaps: bool) -> bool:
        """Whether the next row holds sub-titles: all of them under titles wider than they."""
        under: list[_Span] = []
        for column in range(1, self.width + 1):
            if not (text := self._own(row + 1, column)):
                continue
            title = self._span(row, column, gaps=gaps)
            if (title.text and title.left == title.right) or text.replace(".", "").isdigit():
                return False
            if title.text:
                under.append(title)
        return len(under) > len(set(under))

    def _has_titles(self, row: int) -> bool:
        titles = {self._span(row, column, gaps=False) for column in range(1, self.width + 1)}
        texts = [title.text for title in titles if title.text]
        return len(texts) > 1 and all(
            len(text) <= LONGEST_TITLE and not {":", "："} & set(text) for text in texts
        )

    def _named(self, top: int, bottom: int, spellings: Spellings, *, gaps: bool) -> Header:
        paths = [self._path(top, bottom, column, gaps) for column in range(1, self.width + 1)]
        written = ["".join(path) for path in paths]
        found = [spellings.find_under(path) for path in paths]
        names = [name or text for name, text in zip(found, written, strict=True)]
        return Header(top, bottom, written, names, sum(name is not None for name in found))

    def _path(self, top: int, bottom: int, column: int, gaps: bool) -> list[str]:
        """The titles over a column, from the outermost one on."""
        if top == bottom:
            text = self._span(top, column, gaps=False)
            return [text.text] if text.text and text.left == column else []
        spans = [
            self._span(row, column, gaps=gaps and row < bottom) for row in range(top, bottom + 1)
        ]
        return [span.text for span in dict.fromkeys(spans) if span.text]

    def _span(self, row: int, column: int, *, gaps: bool) -> _Span:
        if merge := self._merges.get((row, column)):
            return _Span(self._at(merge.top, merge.left), merge.left, merge.right)
        left = right = column
        if gaps:
            while column - left < WIDEST_TITLE and left > 1 and self._is_gap(row, left):
                left -= 1
            while right - column < WIDEST_TITLE and self._is_gap(row, right + 1):
                right += 1
        return _Span(self._at(row, left), left, right)

    def _is_gap(self, row: int, column: int) -> bool:
        """No title, but a sub-title: the title left of it may be meant."""
        return (
            not self._at(row, column)
            and (row, column) not in self._merges
            and bool(self._own(row + 1, column))
        )

    def _at(self, row: int, column: int) -> str:
        line = self._lines[row - 1] if row <= self.height else []
        return line[column - 1] if column <= len(line) else ""

    def _own(self, row: int, column: int) -> str:
        """The text of a cell, none of those that a merged cell covers."""
        merge = self._merges.get((row, column))
        return "" if merge and (merge.top, merge.left) != (row, column) else self._at(row, column)


def _one_line(cell: object) -> str:
    return " ".join(str(cell).split())

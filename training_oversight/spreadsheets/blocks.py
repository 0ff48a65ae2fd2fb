"""Lists that are printed in two columns: the same header stands twice side by side, and the list
goes on at the top of the right half."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from training_oversight.errors import BadInput
from training_oversight.spreadsheets.grids import Grid, Line, Merge, Unseen
from training_oversight.spreadsheets.headers import Header
from training_oversight.spreadsheets.spellings import NUMBERS, Spellings, folded
from training_oversight.texts import Text

MOST_BLOCKS = 8


@dataclass(frozen=True)
class Stacked:
    """The sheet with one half below the other, and the sentence that says so, if it has halves."""

    grid: Grid
    header: Header
    said: list[Text]


@dataclass(frozen=True)
class _Blocks:
    """Where each half begins, counted from 0, how wide one is, and what stands left of them all."""

    starts: Sequence[int]
    width: int

    @property
    def ends(self) -> list[int]:
        return [start + self.width for start in self.starts]


def stacked(grid: Grid, header: Header, spellings: Spellings) -> Stacked:
    """Raises ``BadInput`` where the halves cannot be laid upon each other."""
    blocks = _blocks(header, spellings)
    if blocks is None:
        return Stacked(grid, header, [])
    names = [header.names[start : start + blocks.width] for start in blocks.starts]
    if any(_differ(names[0], other) for other in names[1:]):
        raise BadInput(
            Text("The same columns stand here twice: put the right half below the left one.")
        )
    below = _Below(grid, header.bottom, blocks)
    said = Text(
        "The same columns stand side by side: the right half is read below the left one, its first "
        "row as row %(row)s.",
        row=grid.height + 1,
    )
    width = blocks.ends[0]
    cut = replace(header, names=header.names[:width], written=header.written[:width])
    return Stacked(below.grid(), cut, [said])


def _blocks(header: Header, spellings: Spellings) -> _Blocks | None:
    named = [(place, name) for place, name in enumerate(header.names) if name]
    for skipped in (0, 1):
        if skipped and folded(named[0][1] if named else "") not in NUMBERS:
            return None
        if found := _from(named[skipped:], spellings):
            return found
    return None


def _from(named: Sequence[tuple[int, str]], spellings: Spellings) -> _Blocks | None:
    """The halves that begin with the first of these names."""
    if not named:
        return None
    begins = [at for at, (_, name) in enumerate(named) if name == named[0][1]]
    ends = [*begins[1:], len(named)]
    parts = [named[begin:end] for begin, end in zip(begins, ends, strict=True)]
    names = [[name for _, name in part] for part in parts]
    first = names[0]
    is_twice = 1 < len(parts) <= MOST_BLOCKS and all(one == first[: len(one)] for one in names)
    if not is_twice or not any(spellings.find(name) for name in first):
        return None
    if folded(first[0]) in NUMBERS and any(len(one) == 1 for one in names):
        return None
    starts = [part[0][0] for part in parts]
    return _Blocks(starts, parts[0][-1][0] - starts[0] + 1)


def _differ(first: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a name stands elsewhere in this half than in the first one."""
    padded = [*other, *[""] * (len(first) - len(other))]
    return any(mine and mine != name for name, mine in zip(first, padded, strict=True))


class _Below:
    """The sheet with its right halves below: what stands left of the first goes with it."""

    def __init__(self, grid: Grid, bottom: int, blocks: _Blocks) -> None:
        self._grid, self._bottom, self._blocks = grid, bottom, blocks
        self._more = range(1, len(blocks.starts))

    def grid(self) -> Grid:
        grid = self._grid
        height = grid.height + len(self._more) * (grid.height - self._bottom)
        return Grid(
            grid.name,
            self._lines,
            height,
            self._blocks.ends[0],
            [moved for merge in grid.merges for moved in self._moved(merge)],
            self._unseen(),
        )

    def _lines(self) -> Iterator[Line]:
        for line in self._grid.lines():
            yield line[: self._blocks.ends[0]]
        left: Line = [""] * self._blocks.starts[0]
        for half in self._more:
            start, end = self._blocks.starts[half], self._blocks.ends[half]
            for line in islice(self._grid.lines(), self._bottom, None):
                yield left + line[start:end]

    def _row(self, row: int, half: int) -> int:
        return row + half * (self._grid.height - self._bottom)

    def _moved(self, merge: Merge) -> Iterator[Merge]:
        """Where it lies in the half that it begins in; above the rows it stays where it is."""
        if merge.top <= self._bottom:
            yield merge
            return
        for half, (start, end) in enumerate(
            zip(self._blocks.starts, self._blocks.ends, strict=True)
        ):
            if (start if half else 0) < merge.left <= end:
                back = start - self._blocks.starts[0]
                top, bottom = self._row(merge.top, half), self._row(merge.bottom, half)
                right = min(merge.right, end)
                yield Merge(top, merge.left - back, bottom, right - back)

    def _unseen(self) -> Unseen:
        unseen, bottom = self._grid.unseen, self._bottom
        halves = range(len(self._blocks.starts))
        return Unseen(
            {self._row(row, half) for row in unseen.rows if row > bottom for half in halves},
            unseen.columns,
            {
                self._row(row, half): count
                for row, count in unseen.struck.items()
                if row > bottom
                for half in halves
            },
        )

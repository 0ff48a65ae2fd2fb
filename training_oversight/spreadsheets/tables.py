"""The table in a sheet: a header and the rows under it, which are read as often as they are asked
for and never all kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from training_oversight.errors import BadInput
from training_oversight.spreadsheets.cells import Value
from training_oversight.spreadsheets.grids import Grid, Line, Merge
from training_oversight.spreadsheets.headers import Header
from training_oversight.spreadsheets.left_out import LeftOut
from training_oversight.spreadsheets.limits import Limits
from training_oversight.spreadsheets.spellings import Spellings
from training_oversight.spreadsheets.unusable import Ditto
from training_oversight.texts import Text

# What people write where the same is meant as in the row above, the signs of every typewriter
# and keyboard among them.
DITTO = frozenset(
    {
        *(
            "同上",
            "同 上",
            "同　上",
            "同  上",
            "同上。",
            "（同上）",
            "(同上)",
            "同上行",
            "同上一行",
        ),
        *("同前", "上同", "〃", "″", "″″", "”", "“", "〞", "〝", "＂", '"', "''", "´´", ",,"),
    }
)


@dataclass(frozen=True)
class Row:
    """A row with something in it. ``number`` is the one at the edge of the sheet."""

    number: int
    cells: list[Value]


@dataclass(frozen=True)
class Table:
    """``header`` holds the known spelling where one was recognised, else what was ``written``.

    Every row has one cell per column of the header.
    """

    header: list[str]
    written: list[str]
    # The first row of the header, counted as on the sender's screen.
    header_row: int
    name: str
    # Other sheets of the workbook with such a header, which were not read.
    unread: list[str]
    # Columns that nobody will read: by name, or by letter if they have data but no name.
    unknown: list[str]
    # Rows that are none of the table, by their number, and why.
    left_out: list[tuple[int, Text]]
    count: int
    _grid: Grid = field(repr=False)
    _below: int = field(repr=False)

    @property
    def header_end(self) -> int:
        """The last row of the header."""
        return self._below

    def rows(self) -> Iterator[Row]:
        """The rows from the first one on. A cell merged over several stands in each of them."""
        width, skipped = len(self.header), {number for number, _ in self.left_out}
        fill, padding = _Filling(self._grid.merges), [""] * width
        above: Line = []
        for number, cells in _below(self._grid, self._below):
            if not any(cells):
                continue
            whole = (cells + padding)[:width]
            fill(number, whole)
            # A row that is only hidden stands above the next one all the same.
            if number not in skipped or number in self._grid.unseen.rows:
                _explain_dittos(whole, above)
                above = whole
            if number not in skipped:
                yield Row(number, whole)


def surveyed(
    grid: Grid, header: Header, *, spellings: Spellings, limits: Limits, unread: list[str]
) -> Table:
    """The table, after every row has been looked at once."""
    above = islice(grid.lines(), header.bottom)
    reasons = LeftOut(header, above, grid.merges, spellings.listed)
    names = header.names + [""] * (grid.width - len(header.names))
    nameless = {place for place, name in enumerate(names) if not name}
    filled: set[int] = set()
    left_out: list[tuple[int, Text]] = []
    count = 0
    for number, cells in _below(grid, header.bottom):
        if not any(cells):
            continue
        if why := reasons.why(number, cells):
            left_out.append((number, why))
            continue
        count += 1
        filled.update(place for place in nameless - filled if place < len(cells) and cells[place])
    if count == 0:
        raise BadInput(Text("There is a header, but not a single row under it."))
    limits.check_rows(count)
    named = (place for place, name in enumerate(names) if name)
    width = max((*named, *filled), default=-1) + 1
    known = [name for name in names if name and spellings.find(name) is None]
    return Table(
        header=names[:width],
        written=(header.written + [""] * width)[:width],
        header_row=header.top,
        name=grid.name,
        unread=unread,
        unknown=known + [letter(place) for place in sorted(filled)],
        left_out=left_out,
        count=count,
        _grid=grid,
        _below=header.bottom,
    )


def _explain_dittos(cells: Line, above: Line) -> None:
    if DITTO.isdisjoint(cells):
        return
    for place, cell in enumerate(cells):
        if cell in DITTO:
            over = above[place] if above else ""
            cells[place] = Ditto(str(cell), over.above if isinstance(over, Ditto) else over)


def letter(place: int) -> str:
    """The letter over a column: A, B, … Z, AA."""
    letters = ""
    while place >= 0:
        place, sign = divmod(place, 26)
        letters, place = chr(ord("A") + sign) + letters, place - 1
    return letters


def _below(grid: Grid, row: int) -> Iterator[tuple[int, Line]]:
    return islice(enumerate(grid.lines(), start=1), row, None)


class _Filling:
    """Writes the value of a cell that is merged over several rows into each of them."""

    def __init__(self, merges: list[Merge]) -> None:
        self._starting: dict[int, list[Merge]] = defaultdict(list)
        for merge in merges:
            if merge.bottom > merge.top:
                self._starting[merge.top].append(merge)
        self._open: dict[int, tuple[int, Value]] = {}

    def __call__(self, number: int, cells: Line) -> None:
        for place, (bottom, value) in list(self._open.items()):
            if number > bottom:
                del self._open[place]
            elif place < len(cells) and not cells[place]:
                cells[place] = value
        for merge in self._starting.get(number, ()):
            if merge.left <= len(cells) and (value := cells[merge.left - 1]):
                self._open[merge.left - 1] = merge.bottom, value

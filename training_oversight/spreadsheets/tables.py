"""The table in a sheet: a header and the rows under it, which are read as often as they are asked
for and never all kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from training_oversight.errors import BadInput
from training_oversight.law.wording import Joined
from training_oversight.spreadsheets import blocks
from training_oversight.spreadsheets.cells import Value
from training_oversight.spreadsheets.grids import Grid, Line, Merge
from training_oversight.spreadsheets.headers import Header
from training_oversight.spreadsheets.left_out import HIDDEN, NOT_FILLED_IN, STRUCK_OUT, LeftOut
from training_oversight.spreadsheets.limits import Limits
from training_oversight.spreadsheets.prefilled import Prefilled
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
    # What else is to be known of how it was read.
    said: list[Text]
    # The places of columns that nobody sees.
    hidden: frozenset[int]
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
        # What nobody sees stands above the next row all the same.
        stands = {number for number, why in self.left_out if why in (HIDDEN, STRUCK_OUT)}
        for number, cells in _below(self._grid, self._below):
            if not any(cells):
                continue
            whole = (cells + padding)[:width]
            fill(number, whole)
            if number not in skipped or number in stands:
                _explain_dittos(whole, above)
                above = whole
            if number not in skipped:
                yield Row(number, whole)


def surveyed(
    grid: Grid, header: Header, *, spellings: Spellings, limits: Limits, unread: list[str]
) -> Table:
    """The table, after every row has been looked at once."""
    laid = blocks.stacked(grid, header, spellings)
    grid, header = laid.grid, laid.header
    names = header.names + [""] * (grid.width - len(header.names))
    found = _looked_through(grid, header, names, spellings)
    limits.check_rows(found.count)
    named = (place for place, name in enumerate(names) if name)
    width = max((*named, *found.filled), default=-1) + 1
    hidden = frozenset(number - 1 for number in grid.unseen.columns if number <= width)
    known = [name for name in names if name and spellings.find(name) is None]
    return Table(
        header=names[:width],
        written=(header.written + [""] * width)[:width],
        header_row=header.top,
        name=grid.name,
        unread=unread,
        unknown=known + [letter(place) for place in sorted(found.filled)],
        left_out=found.left_out,
        count=found.count,
        said=[*laid.said, *found.said, *_hidden_in(names, hidden)],
        hidden=hidden,
        _grid=grid,
        _below=header.bottom,
    )


@dataclass(frozen=True)
class _Survey:
    """What stands under a header: columns without a name among the ``filled`` ones."""

    left_out: list[tuple[int, Text]]
    count: int
    filled: set[int]
    said: list[Text]


def _looked_through(
    grid: Grid, header: Header, names: Sequence[str], spellings: Spellings
) -> _Survey:
    above = islice(grid.lines(), header.bottom)
    reasons = LeftOut(header, above, grid.merges, spellings.listed)
    unfilled, unseen = Prefilled(header), grid.unseen
    nameless = {place for place, name in enumerate(names) if not name}
    filled: set[int] = set()
    left_out: list[tuple[int, Text]] = []
    partly_struck: list[int] = []
    count = 0
    for number, cells in _below(grid, header.bottom):
        if not any(cells):
            continue
        why = reasons.why(number, cells)
        if why is None and number in unseen.rows:
            why = HIDDEN
        elif why is None and (struck := unseen.struck.get(number)):
            why = STRUCK_OUT if 2 * struck > sum(map(bool, cells)) else None
            partly_struck += [] if why else [number]
        if why:
            left_out.append((number, why))
            continue
        count += 1
        unfilled.look(number, cells)
        filled.update(place for place in nameless - filled if place < len(cells) and cells[place])
    empty = unfilled.rows()
    left_out = sorted([*left_out, *((number, NOT_FILLED_IN) for number in empty)])
    if count == len(empty):
        raise _no_rows(left_out)
    return _Survey(left_out, count - len(empty), filled, _struck_in(partly_struck))


def _no_rows(left_out: Sequence[tuple[int, Text]]) -> BadInput:
    hidden = sum(why is HIDDEN for _, why in left_out)
    if hidden:
        return BadInput(
            Text(
                "All rows under the header are hidden (%(count)s): show them and send the list "
                "again.",
                count=hidden,
            )
        )
    return BadInput(Text("There is a header, but not a single row under it."))


def _struck_in(rows: Sequence[int]) -> list[Text]:
    if not rows:
        return []
    return [Text("Struck-out cells are read like the others, in rows %(rows)s.", rows=runs(rows))]


def _hidden_in(names: Sequence[str], hidden: Collection[int]) -> list[Text]:
    listed = [names[place] for place in sorted(hidden) if names[place]]
    if not listed:
        return []
    return [Text("Hidden columns are read like the others: %(names)s.", names=Joined(listed))]


def runs(numbers: Iterable[int]) -> str:
    """Numbers in their order, those that follow one another as 3–7."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    return "、".join(str(first) if first == last else f"{first}–{last}" for first, last in found)


def letter(place: int) -> str:
    """The letter over a column: A, B, … Z, AA."""
    letters = ""
    while place >= 0:
        place, sign = divmod(place, 26)
        letters, place = chr(ord("A") + sign) + letters, place - 1
    return letters


def _explain_dittos(cells: Line, above: Line) -> None:
    if DITTO.isdisjoint(cells):
        return
    for place, cell in enumerate(cells):
        if cell in DITTO:
            over = above[place] if above else ""
            cells[place] = Ditto(str(cell), over.above if isinstance(over, Ditto) else over)


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

"""Rows of a form that nobody has filled in: a running number, what stands in every row, and the
nothing of a formula."""

from __future__ import annotations

from training_oversight.spreadsheets.cells import Value
from training_oversight.spreadsheets.grids import Line
from training_oversight.spreadsheets.headers import Header
from training_oversight.spreadsheets.spellings import NUMBERS, folded
from training_oversight.spreadsheets.unusable import ErrorCell, Uncomputed

# What a formula, or the form itself, has in a row that nobody has filled in.
NOTHING = frozenset({"0", "0.0", "0.00", "FALSE", "请选择", "-请选择-", "--请选择--"})
# A value stands in every row if it is in so many at least.
FEWEST = 2


class Prefilled:
    """Is shown every row; says afterwards which of them nobody has filled in."""

    def __init__(self, header: Header) -> None:
        self._numbers = {
            place for place, name in enumerate(header.names) if folded(name) in NUMBERS
        }
        # A list of nothing but names is no form.
        self._is_narrow = sum(map(bool, header.names)) < FEWEST
        # Of columns in which so far one value stands: this value, and in how many rows.
        self._same: dict[int, Value] = {}
        self._count: dict[int, int] = {}
        self._varying: set[int] = set()
        self._fullest = 0
        # Rows with nothing but such values: their numbers and columns.
        self._thin: list[tuple[int, frozenset[int]]] = []

    def look(self, number: int, cells: Line) -> None:
        telling = {
            place: cell for place, cell in enumerate(cells) if cell and self._tells(place, cell)
        }
        self._fullest = max(self._fullest, len(telling))
        is_thin = True
        for place, cell in telling.items():
            if place in self._varying or self._same.setdefault(place, cell) != cell:
                self._varying.add(place)
                is_thin = False
            else:
                self._count[place] = self._count.get(place, 0) + 1
        if is_thin:
            self._thin.append((number, frozenset(telling)))

    def _tells(self, place: int, cell: Value) -> bool:
        return place not in self._numbers and not (
            cell in NOTHING or isinstance(cell, ErrorCell | Uncomputed)
        )

    def rows(self) -> list[int]:
        """Those with less than half of what the fullest row has, all of it in other rows, too."""
        if self._is_narrow:
            return []
        return [
            number
            for number, places in self._thin
            if (not places or 2 * len(places) < self._fullest)
            and not places & self._varying
            and all(self._count[place] >= FEWEST for place in places)
        ]

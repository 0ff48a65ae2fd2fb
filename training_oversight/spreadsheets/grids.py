"""A sheet before anybody has asked what it means: cells in rows and columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from training_oversight.spreadsheets.cells import Value

Line = list[Value]


@dataclass(frozen=True)
class Merge:
    """Cells made into one. Rows and columns count from 1; only the first cell holds anything."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Unseen:
    """What nobody who has the sheet before them sees, or sees as taken back. All count from 1."""

    rows: Collection[int] = frozenset()
    columns: Collection[int] = frozenset()
    # Rows in which cells are struck out, and how many of them.
    struck: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Grid:
    """``lines`` begins anew each time: the rows from the first one on, each from column A on."""

    name: str
    lines: Callable[[], Iterator[Line]]
    height: int
    width: int
    merges: list[Merge] = field(default_factory=list)
    unseen: Unseen = field(default_factory=Unseen)


class Book(Protocol):
    """An opened file. A grid is made when it is asked for, and may be large."""

    @property
    def names(self) -> list[str]:
        """The sheets that can be seen."""

    def grid(self, name: str) -> Grid: ...

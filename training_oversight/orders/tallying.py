"""What became of the rows of a list, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from training_oversight.orders.judging import Judged, Outcome


@dataclass
class Tally:
    """How many rows there were, what became of them, and what is to be known of some."""

    rows: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    rejected: list[Judged] = field(default_factory=list)
    doubted: list[Judged] = field(default_factory=list)

    def add(self, judged: Iterable[Judged]) -> None:
        for one in judged:
            self.rows += 1
            self.outcomes[one.outcome] += 1
            if one.outcome is Outcome.REJECTED:
                self.rejected.append(one)
            elif one.doubts:
                self.doubted.append(one)

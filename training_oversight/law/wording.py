"""Values inside sentences that read differently in each language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from training_oversight.texts import Language, Text, language, rendered


@dataclass(frozen=True)
class DayOfYear:
    """A date said without its year: ``9月14日``, ``14 September``."""

    day: date

    def __str__(self) -> str:
        if language() is Language.CHINESE:
            return f"{self.day.month}月{self.day.day}日"
        return f"{self.day.day} {self.day:%B}"


@dataclass(frozen=True)
class Named:
    """Something with a fixed name in each language, for instance a column of a table."""

    chinese: str
    english: str

    def __str__(self) -> str:
        return self.chinese if language() is Language.CHINESE else self.english


class Joined:
    """Several things in one breath, joined as the reader's language joins them."""

    def __init__(self, items: Sequence[object]) -> None:
        self.items = tuple(items)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Joined) and self.items == other.items

    def __hash__(self) -> int:
        return hash(self.items)

    def __str__(self) -> str:
        comma = "、" if language() is Language.CHINESE else ", "
        return comma.join(rendered(item) for item in self.items)


def day_words(day: date, *, plain_year: int | None) -> date | DayOfYear:
    """The day without its year if the year goes without saying."""
    return DayOfYear(day) if day.year == plain_year else day


def named_days(name: Text | str, count: int) -> Text:
    return Text("%(name)s %(count)s", name=name, count=count)

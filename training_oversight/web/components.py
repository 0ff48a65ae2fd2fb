"""What the macros in templates/components/ are given to draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

# A sentence in any form that the ``shown`` filter can render.
Words = object


class Shape(StrEnum):
    """The stage of a record; the value is the name of the icon."""

    NOT_BEGUN = "circle"
    UNDER_WAY = "circle-half"
    WAITING = "record-circle"
    DONE = "check-circle-fill"
    SOON = "exclamation-triangle"
    OVERDUE = "exclamation-triangle-fill"
    RETURNED = "arrow-return-left"
    ENDED = "slash-circle"


class Tone(StrEnum):
    """The weight: blue waits for the office, red late, amber soon or returned, green done."""

    INK = "ink"
    BLUE = "blue"
    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    GREY = "grey"


@dataclass(frozen=True)
class Status:
    """A shape and a word; no shape for what has none (``按期``, ``剩5天``)."""

    shape: Shape | None
    label: Words
    tone: Tone = Tone.INK


@dataclass(frozen=True)
class Tab:
    label: Words
    url: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True)
class Link:
    label: Words
    url: str


class MoveStyle(StrEnum):
    MAIN = "main"
    OTHER = "other"
    TEXT = "text"
    DANGER = "danger"


@dataclass(frozen=True)
class MoveButton:
    """A move that may be made now. ``get`` opens its page; ``post`` makes it at once.

    What is made at once says which version of the record the button stood beside.
    """

    label: Words
    url: str
    style: MoveStyle = MoveStyle.OTHER
    method: str = "get"
    version: int | None = None


@dataclass(frozen=True)
class Locked:
    """A move that this person may make, but not yet, and why not yet."""

    label: Words
    reason: Words


@dataclass(frozen=True)
class ProgressPart:
    """So many of a total that stand alike: a stretch of the line, as long as they are many."""

    count: int
    label: Words
    tone: Tone


@dataclass(frozen=True)
class NextStep:
    """The only box on a record: what next, whose turn, by when, the moves."""

    title: Words
    whose: Words = ""
    moves: Sequence[MoveButton] = ()
    locked: Sequence[Locked] = ()


class EntryKind(StrEnum):
    CHANGE = "change"
    NOTE = "note"
    SYSTEM = "system"
    TROUBLE = "trouble"
    RETURNED = "returned"


@dataclass(frozen=True)
class Change:
    """One fact before and after; ``None`` for values that are protected or empty."""

    what: Words
    before: Words | None
    after: Words | None


@dataclass(frozen=True)
class TimelineEntry:
    """One line of a record's history; ``at`` is an instant, or a day if no more is known."""

    at: datetime | date
    label: Words
    person: Words
    kind: EntryKind = EntryKind.CHANGE
    sentence: Words = ""
    note: Words = ""
    changes: Sequence[Change] = ()
    entered_later: Words = ""
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class SplitPart:
    label: Words
    count: int
    url: str | None = None


@dataclass(frozen=True)
class Split:
    """How a total divides. What the parts do not account for is printed too, also when it is 0."""

    label: Words
    total: int
    parts: Sequence[SplitPart]
    missing_label: Words
    missing_url: str | None = None

    @property
    def missing(self) -> int:
        return self.total - sum(part.count for part in self.parts)

    def percent(self, count: int) -> float:
        """Width of a part in the bar."""
        return round(100 * count / self.total, 3) if self.total else 0

    def segments(self) -> list[tuple[float, float]]:
        """Where each part begins and how wide it is, in percent; the missing part last."""
        at, found = 0.0, []
        for count in [*(part.count for part in self.parts), max(self.missing, 0)]:
            found.append((at, self.percent(count)))
            at = round(at + self.percent(count), 3)
        return found


@dataclass(frozen=True)
class DueDay:
    """A day on 两周内到期: how much is due, and the list of it."""

    day: date
    count: int = 0
    url: str | None = None
    rest: Words = ""
    is_today: bool = False


@dataclass(frozen=True)
class Choice:
    value: str
    label: Words
    chosen: bool = False


@dataclass(frozen=True)
class Filter:
    """One box of the filter bar; ``several`` makes it a list of checkboxes.

    With ``day`` a day is typed; what was typed, if it is one, is the only choice, a chosen one.
    """

    name: str
    label: Words
    choices: Sequence[Choice]
    several: bool = False
    clear_url: str = ""
    day: bool = False

    @property
    def chosen(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.chosen and choice.value]


@dataclass(frozen=True)
class FilterBar:
    """A GET form: a text field ``q``, boxes, and what else the address must keep."""

    action: str
    filters: Sequence[Filter]
    search_label: Words = ""
    query: str = ""
    clear_url: str = ""
    kept: Sequence[tuple[str, str]] = ()
    # How many boxes stand in the line; the others wait behind “more” until they are set.
    leading: int | None = None
    # Where what is set can be kept under a name.
    save_url: str = ""

    @property
    def shown(self) -> list[Filter]:
        return [each for each in self.filters if each not in self.waiting]

    @property
    def waiting(self) -> list[Filter]:
        if self.leading is None:
            return []
        return [each for each in self.filters[self.leading :] if not each.chosen]

    @property
    def is_set(self) -> bool:
        return bool(self.query) or any(each.chosen for each in self.filters)


@dataclass(frozen=True)
class Cell:
    """What stands in one cell of a list: words or a status, a second line, perhaps a link.

    ``me`` marks what is the reader's own, ``quiet`` what is missing.
    """

    words: Words = ""
    note: Words = ""
    status: Status | None = None
    url: str | None = None
    me: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class Check:
    """A line of the completeness check: to fill (red), to know (amber), passed."""

    label: Words
    tone: Tone
    link: Link | None = None


@dataclass(frozen=True)
class Completeness:
    checks: Sequence[Check] = field(default_factory=tuple)

    def of(self, tone: Tone) -> list[Check]:
        return [check for check in self.checks if check.tone is tone]

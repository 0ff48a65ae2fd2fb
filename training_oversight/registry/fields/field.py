"""What is declared of a field of an institution: once, for all that read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from training_oversight.law.wording import Named
from training_oversight.names.spelling import LONGEST, LONGEST_NAME, LONGEST_NOTE
from training_oversight.texts import LabelledEnum, Text

# More pupils, staff or square metres than this no institution has.
LARGEST = 100_000
# Before this day no private school had a paper: what a list says of an earlier one is a slip.
EARLIEST = date(1982, 1, 1)
# What a paper says of a day after this one is rather a slip in the year.
LATEST = date(2100, 12, 31)


class Kind(Enum):
    """What a field holds. How it is typed, read, shown, masked and compared follows from this."""

    NAME = auto()
    ALIASES = auto()
    FORMER_NAMES = auto()
    INSTITUTION_KIND = auto()
    TOWNSHIP = auto()
    OFFICER = auto()
    DEPARTMENT = auto()
    CHOICE = auto()
    STAGES = auto()
    # In the institution's own words.
    TEXT = auto()
    NOTE = auto()
    PERSON = auto()
    # An office, a bank: the same few in most rows of a list.
    BODY = auto()
    PLACE = auto()
    # The place of teaching, which must lie in the county.
    ADDRESS = auto()
    CREDIT_CODE = auto()
    LICENCE_NUMBER = auto()
    CODE = auto()
    PHONE = auto()
    ACCOUNT = auto()
    COUNT = auto()
    AREA = auto()
    DAY = auto()
    LAST_DAY = auto()
    LATITUDE = auto()
    LONGITUDE = auto()


LENGTHS = {
    Kind.NAME: LONGEST_NAME,
    # Of all names together; each is as long as a name.
    Kind.ALIASES: LONGEST_NOTE,
    Kind.FORMER_NAMES: LONGEST_NOTE,
    Kind.NOTE: LONGEST_NOTE,
}


class Part(LabelledEnum):
    """The part of the record in which a field stands, in the order of the form."""

    WHAT = "what", Text("1. What it is")
    REGISTERED = "registered", Text("2. Where it is registered")
    RUN_BY = "run_by", Text("3. Who runs it")
    TEACHES = "teaches", Text("4. Where it teaches")
    SUPERVISED = "supervised", Text("5. Who supervises it")
    PAPER = "paper", Text("What stands on the paper")


@dataclass(frozen=True)
class Header:
    """A column of the county's list. ``chinese``: its spellings, with spaces between them.

    The label is no sentence of the catalogue: what goes out under it must be known again by it.
    """

    order: int
    label: Named
    chinese: str
    others: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """In order of trust; the labels of both languages are among them."""
        all_of_them = (*self.chinese.split(), self.label.chinese, self.label.english, *self.others)
        return tuple(dict.fromkeys(all_of_them))


@dataclass(frozen=True)
class Published:
    """A column of the national platform's published list."""

    order: int
    header: str


@dataclass(frozen=True)
class Together:
    """Fields that are taken from one record when two are joined: an account and its bank."""

    name: str
    label: Text


class Joining(Enum):
    """What becomes of a field when two records are joined."""

    # An officer takes it from the one or the other.
    CHOSEN = auto()
    # What both say stays.
    UNITED = auto()


@dataclass(frozen=True)
class Field:
    """A field of an institution, its place or its paper.

    ``name`` is what lists and imports know it by. Everything after ``part`` is said only of a
    field that is not plain.
    """

    name: str
    label: Text
    kind: Kind
    part: Part
    header: Header | None = None
    # Of its table, where that calls it otherwise.
    column: str = ""
    choices: type[LabelledEnum] | None = None
    # Shown only to who may see personal data.
    protected: bool = False
    published: Published | None = None
    joining: Joining = Joining.CHOSEN
    together: Together | None = None
    # How a hit says it where the search box looks in it.
    found: Callable[[str], Text] | None = None
    # A file without it says so: every file has to have it.
    needed: bool = False
    # The field of the first day, where a list may say both in one cell.
    begins: str = ""
    # What a record has that says nothing of it.
    nothing: object = None
    hint: Text | None = None
    # What the form says where it is empty and must not be.
    required: Text | None = None
    # A paper of some kinds cannot be without it.
    required_at_times: bool = False
    # The choice that leaves it empty, where it is not “Not known”.
    unchosen: Text | None = None
    # So many lines of the form; none is a single one.
    lines: int = 0

    def __post_init__(self) -> None:
        if not self.column:
            object.__setattr__(self, "column", self.name)

    @property
    def order(self) -> int:
        """Where it stands in the county's list; of one that no list says, before all."""
        return self.header.order if self.header else 0

    @property
    def longest(self) -> int:
        """As many characters as it may have, typed or imported."""
        return LENGTHS.get(self.kind, LONGEST)


def arranged(fields: Iterable[Field], first: Iterable[str]) -> list[Field]:
    """The named ones as a page has them, then all others as they are declared."""
    left = {one.name: one for one in fields}
    return [*(left.pop(name) for name in first), *left.values()]

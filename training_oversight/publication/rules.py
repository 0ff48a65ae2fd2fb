"""What an area hands in so that the county can publish a list of its records.

This area knows no list by name. Whoever knows the records says who stands on a list, under which
columns and in which words; preparing, approving, showing and ending it is the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from training_oversight.accounts.models import Scope
from training_oversight.errors import NotFound
from training_oversight.publication.models import Publication
from training_oversight.texts import Text
from training_oversight.web.components import Shape, Tone, Words
from training_oversight.web.contributions import contributions
from training_oversight.web.listings import Contribution

# What a cell may hold, before it is frozen.
Value = str | date | None


class Place(StrEnum):
    """Where a column stands on the pages; tables hold all of them in their order."""

    NAME = "name"
    # Beneath the name, and what a reader narrows the list by.
    TOWNSHIP = "township"
    BENEATH = "beneath"
    COLUMN = "column"
    # Beneath the status: of several such columns the last one that holds a day.
    STATUS = "status"
    # On the page of the entry alone.
    ENTRY = "entry"


@dataclass(frozen=True)
class ListColumn:
    """A column of a list. Every list has one of the name and one of the township.

    ``is_day``: a cell holds a day, or the county's words where there are several of them. A column
    with ``step`` holds a single day, which the entry's page tells under these words among what
    has happened. Names and telephone numbers are masked only where ``masked`` is set; any other
    column may hold the county's own words alone, never what was typed about a place.
    """

    name: str
    label: Words
    place: Place = Place.COLUMN
    step: Words | None = None
    is_day: bool = False
    masked: bool = False


@dataclass(frozen=True)
class ListStatus:
    """What the list can say of an entry, what that means, and what is still ahead."""

    code: str
    label: Words
    meaning: Words
    shape: Shape
    tone: Tone = Tone.INK
    ahead: Words | None = None


@dataclass(frozen=True)
class Occasion:
    """For which authority a list is made, on which day, after which batch.

    ``within`` asks for the records that this publication has entries about, and for no others.
    """

    authority_id: int
    scope: Scope
    today: date
    last: Publication | None
    within: Publication | None = None


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """An entry that the rule proposes, not masked yet, and the sentences that say why.

    ``subject`` is the table and the key of the record that it is about, if it is about one.
    ``people`` are the persons whose names may stand in the cells; ``home`` says whether the place
    is a dwelling, none where nobody knows. ``finished_on`` is for a rule that says once what is
    over.
    """

    cells: Mapping[str, Value]
    status: str
    why: Sequence[Text]
    subject: tuple[str, int] | None = None
    finished_on: date | None = None
    people: Sequence[str | None] = ()
    home: bool | None = False


@dataclass(frozen=True, kw_only=True)
class ListRule(Contribution):
    """A kind of public list: who stands on it, under which columns, in which words.

    ``title`` is the list's own, in Chinese as all that is published. ``gathers`` tells the officer
    what the rule goes through. ``proposed`` makes a fixed number of queries and writes nothing;
    ``left_out`` says how many it leaves out, and on what ground.
    """

    kind: str
    title: str
    gathers: Text
    columns: Sequence[ListColumn]
    statuses: Sequence[ListStatus]
    proposed: Callable[[Session, Occasion], Sequence[Proposed]]
    left_out: Callable[[Session, Occasion], Sequence[tuple[Text, int]]]
    # On what the county rests it, as its own catalogue says.
    basis: Callable[[Session, Occasion], str] = lambda _session, _occasion: ""


def every() -> Sequence[ListRule]:
    return contributions().every(ListRule)


def rule_of(kind: str) -> ListRule:
    """The rule of that kind. Raises ``NotFound`` for one that no area hands in."""
    for rule in every():
        if rule.kind == kind:
            return rule
    raise NotFound(Text("There is no rule for such a list: %(kind)s.", kind=kind))

"""What an area hands in, so that lower pages show it without importing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any

import flask
from markupsafe import Markup
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from training_oversight.texts import Text
from training_oversight.web.listings import Bulk, Column, Listing

EXTENSION = "contributions"


class NavGroup(IntEnum):
    """The groups of the left navigation, from the top."""

    DESK = 0
    LEDGERS = 1
    COMPLAINTS = 2
    ENFORCEMENT = 3
    PUBLICATION = 4
    SETTINGS = 5


@dataclass(frozen=True)
class NavEntry:
    """A menu line. ``active`` are the blueprints whose pages light it up.

    The figure behind it, what waits there for the officer, is counted by the desk.
    """

    label: Text
    endpoint: str
    permission: StrEnum
    group: NavGroup
    order: int = 0
    active: frozenset[str] = frozenset()


@dataclass(frozen=True)
class MenuEntry:
    """A line of the officer's own menu, for everybody who is signed in."""

    label: Text
    endpoint: str


@dataclass(frozen=True)
class Panel:
    """A section on another area's record page.

    ``render(subject, officer, today)`` returns ready markup, or an empty one for nothing.
    ``count`` is shown in the list of contents; it gets the same arguments.
    """

    subject: str
    title: Text
    order: int
    permission: StrEnum
    render: Callable[[Any, Any, Any], Markup]
    side: bool = False
    count: Callable[[Any, Any, Any], int] | None = None


class FacetKind(StrEnum):
    CHOICE = "choice"
    # A day that is typed; ``clause`` is given its ISO form.
    DAY = "day"


@dataclass(frozen=True)
class Facet:
    """A filter of another area's list, as one SQL clause.

    ``choices(session, officer)`` are (value, label) pairs, none of a day; ``clause(value, today)``
    is the condition. Shown only to who holds ``permission``, lower ``order`` first.
    ``mark`` is a value and the words that a map has for records of which its clause is true.
    """

    listing: str
    name: str
    label: Text
    choices: Callable[[Any, Any], Sequence[tuple[str, Any]]]
    clause: Callable[[str, Any], ColumnElement[bool]]
    kind: FacetKind = FacetKind.CHOICE
    permission: StrEnum | None = None
    order: int = 80
    mark: tuple[str, Text] | None = None


@dataclass(frozen=True)
class Action:
    """A step on another area's record page, beside the record's own moves.

    ``applies(subject, officer)`` must make no query; ``url(subject)`` opens the step's page.
    """

    subject: str
    label: Text
    permission: StrEnum
    url: Callable[[Any], str]
    applies: Callable[[Any, Any], bool]
    order: int = 0


@dataclass(frozen=True)
class Fact:
    """Something that an upper area knows of a record, for the words of its page.

    ``value(subject, today)`` makes a fixed number of queries.
    """

    subject: str
    name: str
    value: Callable[[Any, Any], Any]


@dataclass(frozen=True)
class Handover:
    """What else of one officer's work can go to another together with their institutions.

    ``count(session, officer, by)`` says how much there is within the scope of ``by``;
    ``perform(session, officer, to, by)`` hands it over in the caller's transaction and says
    how much it was.
    """

    name: str
    label: Text
    permission: StrEnum
    count: Callable[[Any, Any, Any], int]
    perform: Callable[[Any, Any, Any, Any], int]


@dataclass(frozen=True)
class Foreseen:
    """What a change would reach: how many records, and in sentences what becomes of which."""

    count: int
    happens: Text
    parts: Sequence[Text] = ()
    stays: Text | None = None


@dataclass(frozen=True)
class Follower:
    """What follows when the county changes an entry in a section of its settings.

    ``foresee(by, today, before, after)`` says what it would reach, ``after`` being the columns
    that the entry is to have; nothing if it reaches nothing. ``follow(session, by, today)``
    happens in the transaction of the change, and returns a sentence for the officer, or
    nothing if nothing had to follow.
    """

    section: str
    foresee: Callable[[Any, Any, Any, Mapping[str, Any]], Foreseen | None]
    follow: Callable[[Session, Any, Any], Text | None]


@dataclass(frozen=True)
class Step:
    """The next step of a record and whose it is; ``url`` only for who can take it."""

    label: Text
    who: Text | str
    url: str | None = None
    mine: bool = False


@dataclass(frozen=True)
class StepSource:
    """What an upper area knows of the next step of a lower area's records.

    ``steps(session, officer, keys, today)`` answers for a whole page of records in a fixed
    number of queries: key -> step. The source with the highest order has the last word.
    """

    listing: str
    order: int
    steps: Callable[[Any, Any, Sequence[int], Any], Mapping[int, Step]]


Contributed = (
    NavEntry
    | MenuEntry
    | Panel
    | Facet
    | Action
    | StepSource
    | Fact
    | Handover
    | Follower
    | Column
    | Bulk
    | Listing
)


@dataclass
class Contributions:
    """Everything that the areas of one app have handed in."""

    navigation: list[NavEntry] = field(default_factory=list)
    menu: list[MenuEntry] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)
    facets: list[Facet] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    step_sources: list[StepSource] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    handovers: list[Handover] = field(default_factory=list)
    followers: list[Follower] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    bulks: list[Bulk] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)

    def add(self, *contributed: Contributed) -> None:
        kept: dict[type, list[Any]] = {
            NavEntry: self.navigation,
            MenuEntry: self.menu,
            Panel: self.panels,
            Facet: self.facets,
            Action: self.actions,
            StepSource: self.step_sources,
            Fact: self.facts,
            Handover: self.handovers,
            Follower: self.followers,
            Column: self.columns,
            Bulk: self.bulks,
            Listing: self.listings,
        }
        for one in contributed:
            kept[type(one)].append(one)

    def panels_of(self, subject: str, officer: Any) -> list[Panel]:
        """The sections that this officer may see on such a record, in order."""
        mine = (p for p in self.panels if p.subject == subject and officer.may(p.permission))
        return sorted(mine, key=lambda panel: panel.order)

    def facets_of(self, listing: str, officer: Any) -> list[Facet]:
        """The filters that other areas offer this officer on a list."""
        mine = (
            one
            for one in self.facets
            if one.listing == listing and (one.permission is None or officer.may(one.permission))
        )
        return sorted(mine, key=lambda facet: facet.order)

    def columns_of(self, listing: str, officer: Any) -> list[Column]:
        return [
            one for one in self.columns if one.listing == listing and officer.may(one.permission)
        ]

    def listing(self, name: str) -> Listing | None:
        return next((one for one in self.listings if one.name == name), None)

    def bulks_of(self, listing: str, officer: Any) -> list[Bulk]:
        """What this officer may do with rows chosen in a list."""
        mine = (b for b in self.bulks if b.listing == listing and officer.may(b.permission))
        return sorted(mine, key=lambda bulk: bulk.order)

    def actions_on(self, kind: str, subject: Any, officer: Any) -> list[Action]:
        """The steps that other areas offer this officer on such a record now."""
        mine = (
            a
            for a in self.actions
            if a.subject == kind and officer.may(a.permission) and a.applies(subject, officer)
        )
        return sorted(mine, key=lambda action: action.order)

    def fact_of(self, kind: str, name: str, subject: Any, today: Any) -> Any:
        """What upper areas say of the record under that name; nothing if none of them does."""
        for fact in self.facts:
            if (fact.subject, fact.name) == (kind, name):
                return fact.value(subject, today)
        return None

    def followers_of(self, section: str) -> list[Follower]:
        return [one for one in self.followers if one.section == section]

    def handovers_by(self, officer: Any) -> list[Handover]:
        return [one for one in self.handovers if officer.may(one.permission)]

    def steps_of(
        self, listing: str, session: Any, officer: Any, keys: Sequence[int], today: Any
    ) -> dict[int, Step]:
        """What upper areas say of the next step, for a page of records."""
        found: dict[int, Step] = {}
        for source in sorted(self.step_sources, key=lambda one: one.order):
            if source.listing == listing and keys:
                found.update(source.steps(session, officer, keys, today))
        return found


def contributions(app: flask.Flask | None = None) -> Contributions:
    """The contributions of this app, made at the first call."""
    owner = app or flask.current_app
    found: Contributions = owner.extensions.setdefault(EXTENSION, Contributions())
    return found

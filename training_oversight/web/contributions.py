"""What an area hands in, so that lower pages show it without importing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

import flask
from markupsafe import Markup
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from training_oversight.texts import Text
from training_oversight.web.components import Words
from training_oversight.web.listings import Bulk, Column, Contribution, Listing

EXTENSION = "contributions"


class Holder(Protocol):
    """An officer, as far as this module knows one: which permissions there are, accounts knows."""

    def may(self, permission: Any, /) -> bool: ...


Who = TypeVar("Who", bound=Holder)
Record = TypeVar("Record")
Setting = TypeVar("Setting")
Value = TypeVar("Value")
Kind = TypeVar("Kind", bound=Contribution)


@dataclass(frozen=True)
class Panel(Contribution, Generic[Record, Who]):
    """A section on another area's record page.

    ``subject`` is the class of the record. ``render(record, officer, today)`` returns ready markup,
    or an empty one for nothing.
    ``count`` is shown in the list of contents; it gets the same arguments.
    """

    subject: type[Record]
    title: Text
    order: int
    permission: StrEnum
    render: Callable[[Record, Who, date], Markup]
    side: bool = False
    count: Callable[[Record, Who, date], int] | None = None


# What a select offers: each value and its words.
Pairs = Sequence[tuple[str, Words]]


class FacetKind(StrEnum):
    CHOICE = "choice"
    # A day that is typed; ``clause`` is given its ISO form.
    DAY = "day"


@dataclass(frozen=True)
class Facet(Contribution, Generic[Who]):
    """A filter of another area's list, as one SQL clause.

    ``choices(session, officer)`` are (value, label) pairs, none of a day; ``clause(value, today)``
    is the condition. Shown only to who holds ``permission``, lower ``order`` first.
    ``mark`` is a value and the words that a map has for records of which its clause is true.
    """

    listing: str
    name: str
    label: Text
    choices: Callable[[Session, Who], Pairs]
    clause: Callable[[str, date], ColumnElement[bool]]
    kind: FacetKind = FacetKind.CHOICE
    permission: StrEnum | None = None
    order: int = 80
    mark: tuple[str, Text] | None = None


@dataclass(frozen=True)
class Action(Contribution, Generic[Record, Who]):
    """A step on another area's record page, beside the record's own moves.

    ``applies(record, officer)`` must make no query; ``url(record)`` opens the step's page.
    """

    subject: type[Record]
    label: Text
    permission: StrEnum
    url: Callable[[Record], str]
    applies: Callable[[Record, Who], bool]
    order: int = 0


class FactName(str, Generic[Value]):
    """Under which name an upper area tells something, and of which type it is."""


@dataclass(frozen=True)
class Fact(Contribution, Generic[Record, Value]):
    """Something that an upper area knows of a record, for the words of its page.

    ``value(record, today)`` makes a fixed number of queries.
    """

    subject: type[Record]
    name: FactName[Value]
    value: Callable[[Record, date], Value | None]


@dataclass(frozen=True)
class Handover(Contribution, Generic[Who]):
    """What else of one officer's work can go to another together with their institutions.

    ``count(session, officer, by)`` says how much there is within the scope of ``by``;
    ``perform(session, officer, to, by)`` hands it over in the caller's transaction and says
    how much it was.
    """

    name: str
    label: Text
    permission: StrEnum
    count: Callable[[Session, Who, Who], int]
    perform: Callable[[Session, Who, Who, Who], int]


@dataclass(frozen=True)
class Foreseen:
    """What a change would reach: how many records, and in sentences what becomes of which."""

    count: int
    happens: Text
    parts: Sequence[Text] = ()
    stays: Text | None = None


@dataclass(frozen=True)
class Follower(Contribution, Generic[Who, Setting]):
    """What follows when the county changes an entry in a section of its settings.

    ``foresee(by, today, before, after)`` says what it would reach, ``after`` being the columns
    that the entry is to have; nothing if it reaches nothing. ``follow(session, by, today)``
    happens in the transaction of the change, and returns a sentence for the officer, or
    nothing if nothing had to follow.
    """

    section: str
    foresee: Callable[[Who, date, Setting | None, Mapping[str, object]], Foreseen | None]
    follow: Callable[[Session, Who, date], Text | None]


@dataclass(frozen=True)
class Step:
    """The next step of a record and whose it is; ``url`` only for who can take it."""

    label: Text
    who: Text | str
    url: str | None = None
    mine: bool = False
    # Somebody outside the office acts; who is named only follows it up.
    followed: bool = False


@dataclass(frozen=True)
class StepSource(Contribution, Generic[Who]):
    """What an upper area knows of the next step of a lower area's records.

    ``steps(session, officer, keys, today)`` answers for a whole page of records in a fixed
    number of queries: key -> step. The source with the highest order has the last word.
    """

    listing: str
    order: int
    steps: Callable[[Session, Who, Sequence[int], date], Mapping[int, Step]]


@dataclass
class Contributions:
    """Everything that the areas of one app have handed in.

    They belong to records of every class; who asks for one class gets its type.
    """

    handed_in: list[Contribution] = field(default_factory=list)

    def add(self, *contributed: Contribution) -> None:
        self.handed_in.extend(contributed)

    def every(self, kind: type[Kind]) -> list[Kind]:
        """All of one kind, in the order in which they came."""
        return [one for one in self.handed_in if isinstance(one, kind)]

    def panels_of(self, subject: type[Record], officer: Who) -> list[Panel[Record, Who]]:
        """The sections that this officer may see on such a record, in order."""
        mine = (p for p in self.every(Panel) if p.subject == subject and officer.may(p.permission))
        return sorted(mine, key=lambda panel: panel.order)

    def facets_of(self, listing: str, officer: Who) -> list[Facet[Who]]:
        """The filters that other areas offer this officer on a list."""
        mine = (
            one
            for one in self.every(Facet)
            if one.listing == listing and (one.permission is None or officer.may(one.permission))
        )
        return sorted(mine, key=lambda facet: facet.order)

    def columns_of(self, listing: str, officer: Who) -> list[Column[Who]]:
        return [
            one
            for one in self.every(Column)
            if one.listing == listing and officer.may(one.permission)
        ]

    def listing(self, name: str) -> Listing[Any] | None:
        return next((one for one in self.every(Listing) if one.name == name), None)

    def bulks_of(self, listing: str, officer: Holder) -> list[Bulk]:
        """What this officer may do with rows chosen in a list."""
        mine = (b for b in self.every(Bulk) if b.listing == listing and officer.may(b.permission))
        return sorted(mine, key=lambda bulk: bulk.order)

    def actions_on(
        self, kind: type[Record], subject: Record, officer: Who
    ) -> list[Action[Record, Who]]:
        """The steps that other areas offer this officer on such a record now."""
        mine = (
            a
            for a in self.every(Action)
            if a.subject == kind and officer.may(a.permission) and a.applies(subject, officer)
        )
        return sorted(mine, key=lambda action: action.order)

    def fact_of(
        self, kind: type[Record], name: FactName[Value], subject: Record, today: date
    ) -> Value | None:
        """What upper areas say of the record under that name; nothing if none of them does."""
        for fact in self.every(Fact):
            if (fact.subject, fact.name) == (kind, name):
                found: Value | None = fact.value(subject, today)
                return found
        return None

    def followers_of(self, section: str) -> list[Follower[Any, Any]]:
        return [one for one in self.every(Follower) if one.section == section]

    def handovers_by(self, officer: Who) -> list[Handover[Who]]:
        return [one for one in self.every(Handover) if officer.may(one.permission)]

    def steps_of(
        self, listing: str, session: Session, officer: Holder, keys: Sequence[int], today: date
    ) -> dict[int, Step]:
        """What upper areas say of the next step, for a page of records."""
        found: dict[int, Step] = {}
        for source in sorted(self.every(StepSource), key=lambda one: one.order):
            if source.listing == listing and keys:
                found.update(source.steps(session, officer, keys, today))
        return found


def contributions(app: flask.Flask | None = None) -> Contributions:
    """The contributions of this app, made at the first call."""
    owner = app or flask.current_app
    found: Contributions = owner.extensions.setdefault(EXTENSION, Contributions())
    return found

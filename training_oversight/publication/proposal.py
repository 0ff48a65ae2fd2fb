"""From what a rule proposes to the masked copies that a list holds. It writes nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from training_oversight.law.sentences import packed
from training_oversight.publication import masking
from training_oversight.publication.models import PublicEntry
from training_oversight.publication.rules import (
    ListColumn,
    ListRule,
    Occasion,
    Place,
    Proposed,
    Value,
)

# What an entry is about: its subject; without one its cells, for they are all it is.
Identity = tuple[object, ...]


@dataclass(frozen=True)
class Copy:
    """What becomes public of one entry, masked, and nothing else of its case."""

    subject_kind: str | None
    subject_id: int | None
    cells: list[object]
    status: str
    finished_on: date | None
    township: str
    search_text: str

    @property
    def identity(self) -> Identity:
        return _identity(self)

    def values(self) -> dict[str, object]:
        return dict(vars(self))

    def differs_from(self, entry: PublicEntry) -> bool:
        return any(getattr(entry, name) != value for name, value in self.values().items())


@dataclass(frozen=True)
class Copied:
    """A copy, and why the rule proposes it: [[message id, {values}]]."""

    copy: Copy
    why: list[object]


def identity(entry: PublicEntry) -> Identity:
    return _identity(entry)


def _identity(one: Copy | PublicEntry) -> Identity:
    if one.subject_kind is None:
        return tuple(one.cells)
    return (one.subject_kind, one.subject_id)


def searchable(words: str) -> str:
    """A name as the search compares it: width, case and spaces do not matter."""
    return "".join(unicodedata.normalize("NFKC", words).upper().split())


def copied(session: Session, rule: ListRule, occasion: Occasion) -> list[Copied]:
    """What the list would hold on that occasion, in the order of the rule."""
    return [_copied(rule.columns, one) for one in rule.proposed(session, occasion)]


def _copied(columns: Sequence[ListColumn], proposed: Proposed) -> Copied:
    cells = {column.name: _cell(column, proposed) for column in columns}
    kind, key = proposed.subject or (None, None)
    copy = Copy(
        subject_kind=kind,
        subject_id=key,
        cells=list(cells.values()),
        status=str(proposed.status),
        finished_on=proposed.finished_on,
        township=_at(Place.TOWNSHIP, columns, cells),
        search_text=searchable(_at(Place.NAME, columns, cells)),
    )
    return Copied(copy, [packed(sentence) for sentence in proposed.why])


def _cell(column: ListColumn, proposed: Proposed) -> object:
    value: Value = proposed.cells[column.name]
    if isinstance(value, date):
        return value.isoformat()
    if value is None or not column.masked:
        return value
    return masking.masked_words(value, people=proposed.people, home=proposed.home)


def _at(place: Place, columns: Sequence[ListColumn], cells: Mapping[str, object]) -> str:
    return next(str(cells[column.name] or "") for column in columns if column.place is place)

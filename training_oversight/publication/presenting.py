"""How publications look: shapes of their states, and an entry by the columns of its batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from training_oversight.publication import layout
from training_oversight.publication.layout import Layout
from training_oversight.publication.models import Publication, PublicEntry
from training_oversight.publication.rules import ListColumn, Place, Value
from training_oversight.publication.workflow import PublicationState
from training_oversight.texts import Text
from training_oversight.web.components import Shape, Status, Tone, Words

BUREAUS = Text("Education bureaus of the counties")
S = PublicationState

_STATES = {
    S.DRAFT: (Shape.NOT_BEGUN, Tone.INK),
    S.SUBMITTED: (Shape.WAITING, Tone.BLUE),
    S.PUBLISHED: (Shape.DONE, Tone.GREEN),
    S.WITHDRAWN: (Shape.ENDED, Tone.GREY),
    S.SUPERSEDED: (Shape.ENDED, Tone.GREY),
    S.DISCARDED: (Shape.ENDED, Tone.GREY),
}


def state_of(publication: Publication) -> Status:
    shape, tone = _STATES[publication.state]
    return Status(shape, publication.state.label, tone)


def batch_label(publication: Publication) -> Text:
    """“2026年第3批”, or what stands in its place before there is a number."""
    if publication.batch is None:
        return Text("Not published yet")
    return Text("Batch %(batch)s of %(year)s", batch=publication.batch, year=publication.year)


@dataclass(frozen=True)
class HappenedStep:
    """What has happened to an entry, with its day; or what is still ahead."""

    shape: Shape
    words: Words
    day: date | None = None
    is_ahead: bool = False


@dataclass(frozen=True)
class EntryRow:
    """One entry, by the columns of its batch."""

    entry: PublicEntry
    layout: Layout

    @property
    def name(self) -> str:
        return self.layout.name(self.entry)

    @property
    def beneath(self) -> str:
        found = self.layout.at(self.entry, Place.TOWNSHIP, Place.BENEATH)
        return "·".join(str(value) for _column, value in found)

    @property
    def cells(self) -> list[tuple[ListColumn, Value]]:
        """What stands in columns of its own, empty ones too."""
        values = self.layout.values(self.entry)
        return [(column, value) for column, value in values if column.place is Place.COLUMN]

    @property
    def words(self) -> str:
        """The words of its own columns in one line, for where only a line is."""
        found = self.layout.at(self.entry, Place.COLUMN)
        return "；".join(str(value) for column, value in found if not column.is_day)

    @property
    def status(self) -> Status | None:
        said = self.layout.statuses.get(self.entry.status)
        return Status(said.shape, said.label, said.tone) if said else None

    @property
    def meaning(self) -> Words:
        said = self.layout.statuses.get(self.entry.status)
        return said.meaning if said else ""

    @property
    def status_day(self) -> tuple[ListColumn, Value] | None:
        """The day beneath the status: of what happened last."""
        return next(iter([*self.layout.at(self.entry, Place.STATUS)][::-1]), None)

    @property
    def facts(self) -> list[tuple[Words, Value]]:
        """What the page of the entry states; days that have a step are told there."""
        values = self.layout.values(self.entry)
        return [
            (column.label, value)
            for column, value in values
            if value and column.place is not Place.NAME and column.step is None
        ]

    @property
    def steps(self) -> list[HappenedStep]:
        happened = [
            HappenedStep(Shape.DONE, column.step, value)
            for column, value in self.layout.values(self.entry)
            if column.step and isinstance(value, date)
        ]
        happened.sort(key=lambda step: step.day or date.max)
        said = self.layout.statuses.get(self.entry.status)
        if said and said.ahead:
            happened.append(HappenedStep(Shape.NOT_BEGUN, said.ahead, is_ahead=True))
        return happened


def rows(publication: Publication, entries: Sequence[PublicEntry]) -> list[EntryRow]:
    frozen = layout.of(publication)
    return [EntryRow(entry, frozen) for entry in entries]


def row(publication: Publication, entry: PublicEntry) -> EntryRow:
    return EntryRow(entry, layout.of(publication))


def list_words(publication: Publication, entries: Sequence[PublicEntry]) -> dict[str, object]:
    """What the template of a list needs to show its entries."""
    frozen = layout.of(publication)
    return {
        "batch_label": batch_label,
        "rows": [EntryRow(entry, frozen) for entry in entries],
        "heads": frozen.columns_at(Place.COLUMN),
        "meanings": [
            (Status(one.shape, one.label, one.tone), one.meaning)
            for one in frozen.statuses.values()
        ],
        "static_pages": False,
    }


def after_withdrawal(known: Sequence[Publication]) -> dict[str, object]:
    """Of batches, newest first, of which none stands: why, and what can still be read."""
    latest = known[0] if known and known[0].state == S.WITHDRAWN else None
    return {
        "withdrawn": latest,
        "readable": [one for one in known if one.state == S.SUPERSEDED],
    }

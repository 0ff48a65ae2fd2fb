"""A row of a list as the preview shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from training_oversight.intake.cleaning import Cleaning, cleaning
from training_oversight.intake.matching import PLACES
from training_oversight.intake.models import ImportRow
from training_oversight.intake.workflow import RowOutcome
from training_oversight.law.sentences import unpacked
from training_oversight.law.wording import Named
from training_oversight.registry.cells import shown
from training_oversight.registry.columns import BY_FIELD, COLUMNS
from training_oversight.registry.fields import PROTECTED
from training_oversight.texts import Text
from training_oversight.web.components import Change

# What tells a new institution apart at a glance.
SAID = ("uscc", "licence_number", "address", "responsible_person")
# So many changes stand in the line; the others wait behind it.
IN_LINE = 2

Words = Mapping[str, Mapping[Any, Any]]


@dataclass(frozen=True)
class Cleaned:
    """A cell that was read otherwise than it is written."""

    label: Named
    written: object
    understood: object
    how: Cleaning


@dataclass(frozen=True)
class RowLine:
    id: int
    number: int
    name: str
    second: Sequence[object]
    outcome: RowOutcome
    changes: Sequence[Change]
    said: Sequence[tuple[Named, object]]
    cleaned: Sequence[Cleaned]
    reasons: Sequence[Text]
    warnings: Sequence[Text]
    institution_id: int | None

    @property
    def in_line(self) -> Sequence[Change]:
        return self.changes[:IN_LINE]

    @property
    def behind(self) -> Sequence[Change]:
        return self.changes[IN_LINE:]


def understood() -> list[tuple[Named, list[str]]]:
    """Every column and the other headers under which it is known."""
    return [
        (
            column.label,
            [one for one in column.spellings if not one.isascii() and one != str(column.label)][:5],
        )
        for column in COLUMNS
    ]


def _label(name: str) -> Named | Text:
    return Text("Further venues") if name == PLACES else BY_FIELD[name].label


class Sayer:
    """Puts values into words; protected ones only for who may see them."""

    def __init__(self, words: Words, *, protected: bool) -> None:
        self.words, self.protected = words, protected

    def cell(self, name: str, value: Any) -> object:
        if name == PLACES:
            return "；".join(one["address"] for one in value or ())
        hidden = name in PROTECTED and not self.protected
        return "***" if hidden and value else shown(name, value, self.words)

    def line(self, row: ImportRow) -> RowLine:
        values = row.values
        return RowLine(
            id=row.id,
            number=row.number,
            name=values.get("name", ""),
            second=[
                self.cell(name, values[name])
                for name in ("kind_code", "division_id")
                if name in values
            ],
            outcome=row.outcome,
            changes=[
                Change(_label(name), self.cell(name, old), self.cell(name, new))
                for name, (old, new) in row.changes.items()
            ],
            said=[
                (BY_FIELD[name].label, self.cell(name, values[name]))
                for name in SAID
                if name in values and row.outcome is RowOutcome.NEW
            ],
            cleaned=[self._cleaned(name, *pair) for name, pair in row.cleaned.items()],
            reasons=unpacked(row.reasons),
            warnings=unpacked(row.warnings),
            institution_id=row.institution_id,
        )

    def _cleaned(self, name: str, written: str, value: object) -> Cleaned:
        hidden = name in PROTECTED and not self.protected
        return Cleaned(
            BY_FIELD[name].label,
            "***" if hidden else written,
            self.cell(name, value) if value != "" else "",
            cleaning(name, written, value),
        )

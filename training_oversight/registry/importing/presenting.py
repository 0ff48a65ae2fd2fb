"""A row of a list as the preview shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from training_oversight.law.sentences import unpacked
from training_oversight.law.wording import Named
from training_oversight.registry.exporting import shown
from training_oversight.registry.importing.columns import BY_FIELD, COLUMNS, PROTECTED
from training_oversight.registry.models import ImportRow, RowOutcome
from training_oversight.texts import Text
from training_oversight.web.components import Change

# What tells a new institution apart at a glance.
SAID = ("uscc", "licence_number", "address", "responsible_person")


@dataclass(frozen=True)
class Line:
    number: int
    name: str
    second: Sequence[object]
    changes: Sequence[Change]
    said: Sequence[tuple[Named, object]]
    reasons: Sequence[Text]
    warnings: Sequence[Text]
    institution_id: int | None


def understood() -> list[tuple[Named, list[str]]]:
    """Every column and the other headers under which it is known."""
    return [
        (
            column.label,
            [one for one in column.spellings if not one.isascii() and one != str(column.label)][:5],
        )
        for column in COLUMNS
    ]


def line(row: ImportRow, words: Mapping[str, Mapping[Any, Any]], *, protected: bool) -> Line:
    """The row in words; protected values only for who may see them."""

    def cell(name: str, value: Any) -> object:
        hidden = name in PROTECTED and not protected
        return "***" if hidden and value else shown(name, value, words)

    values = row.values
    return Line(
        number=row.number,
        name=values.get("name", ""),
        second=[
            cell(name, values[name]) for name in ("kind_code", "division_id") if name in values
        ],
        changes=[
            Change(BY_FIELD[name].label, cell(name, old), cell(name, new))
            for name, (old, new) in row.changes.items()
        ],
        said=[
            (BY_FIELD[name].label, cell(name, values[name]))
            for name in SAID
            if name in values and row.outcome is RowOutcome.NEW
        ],
        reasons=unpacked(row.reasons),
        warnings=unpacked(row.warnings),
        institution_id=row.institution_id,
    )

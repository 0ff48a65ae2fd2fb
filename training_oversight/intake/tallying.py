"""What is said of a row in a word, to count it and to filter the preview by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from training_oversight.intake.cleaning import Cleaning, cleaning
from training_oversight.intake.matching import Judged
from training_oversight.law.wording import Named
from training_oversight.registry.columns import COLUMNS
from training_oversight.texts import Text

BY_LABEL = {column.label.chinese: column.field for column in COLUMNS}
# Of a reason that speaks of the row, not of a cell.
WHOLE_ROW = "row"
WARNING = "warning"


def marks_of(row: Judged) -> str:
    """Words between spaces, each found by " word "."""
    found = list(dict.fromkeys(_marks(row)))
    return f" {' '.join(found)} " if found else ""


def _marks(row: Judged) -> Iterator[str]:
    if row.warnings:
        yield WARNING
    town = row.values.get("division_id")
    if town is not None:
        yield f"town:{town}"
    yield from (f"reason:{reason_of(reason)}" for reason in row.reasons)
    for field, done in cleaned_cells(row.cleaned):
        yield f"cleaned:{field}.{done.value}"


def reason_of(reason: Text) -> str:
    """The field of whose cell the reason speaks, or the word for the whole row."""
    column = reason.values.get("column")
    if isinstance(column, Named):
        return BY_LABEL.get(column.chinese, WHOLE_ROW)
    return WHOLE_ROW


def cleaned_cells(cleaned: Mapping[str, Any]) -> Iterator[tuple[str, Cleaning]]:
    for field, (written, understood) in cleaned.items():
        yield field, cleaning(field, written, understood)


def tallied(marks: Iterable[str]) -> Counter[str]:
    """In how many rows each was found, of what ``marks_of`` says of every row."""
    return Counter(word for one in marks for word in one.split())

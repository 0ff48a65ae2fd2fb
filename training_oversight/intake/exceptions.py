"""What a row says of a paper that the register does not accept.

Above all: new permits of subject institutions are no longer given, so one needs its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from training_oversight.errors import BadInput
from training_oversight.intake.matching import Judged
from training_oversight.intake.register_values import as_typed, licence_meant
from training_oversight.registry.fields import PAPER_COLUMNS
from training_oversight.registry.models import Institution, LicenceType
from training_oversight.registry.service import (
    LicenceValues,
    check_licence,
    licence_values_of,
    needs_exception,
)
from training_oversight.texts import Text

STAYS_MARKED = Text("A new permit of a subject institution: it stays marked, with its reason.")
NO_REASON = Text(
    "New subject institutions are no longer approved. Write the day of issue if it lies in "
    "2021 or before, else the reason into a column 新批原因."
)


def paper_fault(row: Judged, institution: Institution | None, *, today: date) -> Text | None:
    """Why the paper that the row brings or changes cannot be written, if it cannot."""
    paper = _paper(row, institution)
    if paper is None:
        return None
    kind = row.values.get("kind_code") or (institution.kind_code if institution else None)
    is_new = needs_exception(kind, paper)
    try:
        check_licence(kind, paper, today=today)
    except BadInput as error:
        return NO_REASON if "exception_reason" in error.fields else error.text
    if is_new:
        row.warnings.append(STAYS_MARKED)
    return None


def _paper(row: Judged, institution: Institution | None) -> LicenceValues | None:
    """The paper as it would be written; nothing if the row leaves it as it is."""
    told = {name: row.values[name] for name in PAPER_COLUMNS if name in row.values}
    held = licence_meant(institution, told.get("licence_number")) if institution else None
    if held is None:
        values = _columns(told)
        return (
            LicenceValues(**({"type": LicenceType.SCHOOL} | values)) if "number" in values else None
        )
    changed = _columns({name: told[name] for name in told if name in row.changes})
    return replace(licence_values_of(held), **changed) if changed else None


def _columns(told: Mapping[str, object]) -> dict[str, Any]:
    return {PAPER_COLUMNS[name]: as_typed(name, value) for name, value in told.items()}

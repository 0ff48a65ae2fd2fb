"""The tables of the register."""

from __future__ import annotations

from training_oversight.registry.models.imports import (
    ImportBatch,
    ImportRow,
    ImportState,
    RowOutcome,
)
from training_oversight.registry.models.institutions import (
    TRAINING_LICENCES,
    AnnualGrade,
    ClosingKind,
    Institution,
    LegalForm,
    Licence,
    LicenceEvent,
    LicenceEventKind,
    LicenceState,
    LicenceType,
    Mode,
    PositionSource,
    Premises,
    Stage,
    Venue,
)

__all__ = [
    "TRAINING_LICENCES",
    "AnnualGrade",
    "ClosingKind",
    "ImportBatch",
    "ImportRow",
    "ImportState",
    "Institution",
    "LegalForm",
    "Licence",
    "LicenceEvent",
    "LicenceEventKind",
    "LicenceState",
    "LicenceType",
    "Mode",
    "PositionSource",
    "Premises",
    "RowOutcome",
    "Stage",
    "Venue",
]

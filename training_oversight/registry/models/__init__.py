"""The tables of the register."""

from __future__ import annotations

from training_oversight.registry.models import search_index as search_index
from training_oversight.registry.models.events import (
    Conversion,
    ConversionKind,
    LicenceWarning,
)
from training_oversight.registry.models.institutions import (
    NEVER,
    NO_END,
    Institution,
    Licence,
    LicenceEvent,
    Venue,
)
from training_oversight.registry.models.kinds import (
    TRAINING_LICENCES,
    AnnualGrade,
    ClosingKind,
    LegalForm,
    LicenceEventKind,
    LicenceState,
    LicenceType,
    Mode,
    PositionSource,
    Premises,
    Stage,
    Tenure,
)
from training_oversight.registry.models.sorting import LargestValue, keep

__all__ = [
    "NEVER",
    "NO_END",
    "TRAINING_LICENCES",
    "AnnualGrade",
    "ClosingKind",
    "Conversion",
    "ConversionKind",
    "Institution",
    "LargestValue",
    "LegalForm",
    "Licence",
    "LicenceEvent",
    "LicenceEventKind",
    "LicenceState",
    "LicenceType",
    "LicenceWarning",
    "Mode",
    "PositionSource",
    "Premises",
    "Stage",
    "Tenure",
    "Venue",
    "keep",
]

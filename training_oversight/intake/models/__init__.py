"""The tables of lists that came in."""

from __future__ import annotations

from training_oversight.intake.models.checks import CheckKind, LedgerCheck
from training_oversight.intake.models.imports import (
    Decision,
    ImportBatch,
    ImportMapping,
    ImportRow,
)

__all__ = [
    "CheckKind",
    "Decision",
    "ImportBatch",
    "ImportMapping",
    "ImportRow",
    "LedgerCheck",
]

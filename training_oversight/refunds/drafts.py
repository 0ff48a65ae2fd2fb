"""What is typed, listed or signed up of one contract of a family, before it is entered."""

from __future__ import annotations

from dataclasses import dataclass

from training_oversight.catalogue.models import RefundFormula
from training_oversight.refunds.families import Family
from training_oversight.refunds.formula import Contract


@dataclass(frozen=True)
class RefundDraft:
    family: Family
    contract: Contract
    formula: RefundFormula
    course: str = ""
    # What the family was promised as its code; a fresh one where nothing was.
    code: str = ""

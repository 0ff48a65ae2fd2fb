"""What somebody says of a whole list, beside its columns and words."""

from __future__ import annotations

from dataclasses import dataclass

from training_oversight.places import Datum


@dataclass(frozen=True)
class Manner:
    """From which map its positions come, where that is known; what places of one code are.

    ``apart``: institutions of their own, not further places of one.
    """

    datum: Datum | None = None
    apart: bool = False


USUAL = Manner()

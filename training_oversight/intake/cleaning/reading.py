"""What the cleaning of one cell brings beside its value."""

from __future__ import annotations

from dataclasses import dataclass, field

from training_oversight.texts import Text


@dataclass(slots=True)
class Said:
    """Warnings, and what the cell says of another field: the first day beside the last."""

    warnings: list[Text] = field(default_factory=list)
    more: dict[str, object] = field(default_factory=dict)

"""What the cleaning of one cell brings beside its value."""

from __future__ import annotations

from dataclasses import dataclass, field

from training_oversight.texts import Text


@dataclass(slots=True)
class Said:
    """Warnings, and what the cell says beside its own field.

    ``more``: of another field, the first day beside the last. ``remarks``: for the note.
    """

    warnings: list[Text] = field(default_factory=list)
    more: dict[str, object] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

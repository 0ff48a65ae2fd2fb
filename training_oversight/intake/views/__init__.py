"""Pages: sending a list, saying how it is read, what would become of it, writing it; the export."""

from training_oversight.intake.views import (
    columns,
    confirming,
    deciding,
    exporting,
    record,
    sending,
    undoing,
)
from training_oversight.intake.views.blueprint import bp

__all__ = [
    "bp",
    "columns",
    "confirming",
    "deciding",
    "exporting",
    "record",
    "sending",
    "undoing",
]

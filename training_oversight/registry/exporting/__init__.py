"""The register as a file: what goes out comes in again without a difference."""

from training_oversight.registry.exporting.cells import shown, words_for
from training_oversight.registry.exporting.layouts import (
    Arrangement,
    FileForm,
    Layout,
    arranged,
    offered,
)
from training_oversight.registry.exporting.service import (
    Order,
    holds_personal_data,
    rows,
    taken_out,
)
from training_oversight.registry.exporting.writing import write_file
from training_oversight.registry.importing.cleaning.traces import DAYS

__all__ = [
    "DAYS",
    "Arrangement",
    "FileForm",
    "Layout",
    "Order",
    "arranged",
    "holds_personal_data",
    "offered",
    "rows",
    "shown",
    "taken_out",
    "words_for",
    "write_file",
]

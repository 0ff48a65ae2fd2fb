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
    rows,
    taken_out,
)
from training_oversight.registry.exporting.writing import write_file

__all__ = [
    "Arrangement",
    "FileForm",
    "Layout",
    "Order",
    "arranged",
    "offered",
    "rows",
    "shown",
    "taken_out",
    "words_for",
    "write_file",
]

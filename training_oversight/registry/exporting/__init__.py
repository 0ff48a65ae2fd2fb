"""The register as a file: what goes out comes in again without a difference."""

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
    "taken_out",
    "write_file",
]

"""Pages of the register."""

from training_oversight.registry.views import (
    deciding,
    editing,
    listing,
    locating,
    looks,
    mapping,
    papers,
    placing,
    record,
)
from training_oversight.registry.views.blueprint import bp

__all__ = [
    "bp",
    "deciding",
    "editing",
    "listing",
    "locating",
    "looks",
    "mapping",
    "papers",
    "placing",
    "record",
]

"""Pages of the register."""

from training_oversight.registry.views import (
    charge,
    conversions,
    deciding,
    editing,
    exporting,
    index,
    listing,
    locating,
    looks,
    mapping,
    papers,
    placing,
    record,
    venues,
    warnings,
)
from training_oversight.registry.views.blueprint import bp

__all__ = [
    "bp",
    "charge",
    "conversions",
    "deciding",
    "editing",
    "exporting",
    "index",
    "listing",
    "locating",
    "looks",
    "mapping",
    "papers",
    "placing",
    "record",
    "venues",
    "warnings",
]

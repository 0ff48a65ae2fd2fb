"""Pages of the register."""

from training_oversight.registry.views import (
    annual,
    charge,
    conversions,
    deciding,
    editing,
    index,
    licences,
    record,
    unlicensed,
    unmasking,
    venues,
    warnings,
)
from training_oversight.registry.views.blueprint import bp

__all__ = [
    "annual",
    "bp",
    "charge",
    "conversions",
    "deciding",
    "editing",
    "index",
    "licences",
    "record",
    "unlicensed",
    "unmasking",
    "venues",
    "warnings",
]

"""Pages of this area."""

from __future__ import annotations

from training_oversight.ledger.views import (
    as_of,
    charge,
    checking,
    entering,
    lists,
    moves,
    platform,
    records,
    recounting,
)
from training_oversight.ledger.views.blueprint import bp

__all__ = [
    "as_of",
    "bp",
    "charge",
    "checking",
    "entering",
    "lists",
    "moves",
    "platform",
    "records",
    "recounting",
]

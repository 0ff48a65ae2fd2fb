"""Pages of this area."""

from __future__ import annotations

from training_oversight.refunds.views import (
    entering,
    events,
    exporting,
    figures,
    listing,
    lists,
    moves,
    paying,
    platform,
    record,
    sheet,
    telling,
)
from training_oversight.refunds.views.blueprint import bp

__all__ = [
    "bp",
    "entering",
    "events",
    "exporting",
    "figures",
    "listing",
    "lists",
    "moves",
    "paying",
    "platform",
    "record",
    "sheet",
    "telling",
]

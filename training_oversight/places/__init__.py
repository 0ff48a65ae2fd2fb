"""Positions on the map, how far apart they are, and what other systems call them."""

from __future__ import annotations

from training_oversight.places.datum import Datum, Degrees, from_wgs84, to_wgs84
from training_oversight.places.position import Position, distance, parse

__all__ = [
    "Datum",
    "Degrees",
    "Position",
    "distance",
    "from_wgs84",
    "parse",
    "to_wgs84",
]

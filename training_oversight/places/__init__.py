"""Positions on the map and how far apart they are."""

from __future__ import annotations

from training_oversight.places.position import Position, distance, is_far, parse

__all__ = ["Position", "distance", "is_far", "parse"]

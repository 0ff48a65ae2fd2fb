"""Reading where institutions are; always within the scope of the officer who asks."""

from training_oversight.maps.queries.addresses import Unplaced, addressed, to_locate, unplaced
from training_oversight.maps.queries.points import (
    Near,
    Permit,
    Point,
    count_placed,
    main_venues,
    nearest,
    permit,
    points,
)

__all__ = [
    "Near",
    "Permit",
    "Point",
    "Unplaced",
    "addressed",
    "count_placed",
    "main_venues",
    "nearest",
    "permit",
    "points",
    "to_locate",
    "unplaced",
]

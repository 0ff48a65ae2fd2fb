"""Positions as telephones measure them (WGS-84), never as Chinese maps draw them (GCJ-02)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from geopy.distance import great_circle

from training_oversight.errors import BadInput
from training_oversight.texts import Text

MOST_NORTHERN, MOST_EASTERN = 90, 180
SEPARATOR = re.compile(r"[,、;\s]+")


@dataclass(frozen=True)
class Position:
    """Degrees north and east on WGS-84."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        # Written so that "not a number" fails too.
        if not abs(self.latitude) <= MOST_NORTHERN:
            raise BadInput(
                Text(
                    "Latitude %(latitude)s is not between -90 and 90. Latitude comes first, "
                    "then longitude: 29.56, 106.55.",
                    latitude=self.latitude,
                )
            )
        if not abs(self.longitude) <= MOST_EASTERN:
            raise BadInput(
                Text(
                    "Longitude %(longitude)s is not between -180 and 180.",
                    longitude=self.longitude,
                )
            )

    def __str__(self) -> str:
        return f"{self.latitude:.6f}, {self.longitude:.6f}"


def parse(text: str) -> Position:
    """A position typed or pasted as ``29.56, 106.55``, latitude first."""
    plain = unicodedata.normalize("NFKC", text).strip()
    numbers = [part for part in SEPARATOR.split(plain) if part]
    try:
        latitude, longitude = (float(number) for number in numbers)
    except ValueError as error:
        raise BadInput(
            Text("“%(text)s” is not a position: write it like 29.56, 106.55.", text=plain)
        ) from error
    return Position(latitude, longitude)


def distance(here: Position, there: Position) -> int:
    """Metres as the crow flies, on a sphere: 0.1 % off, far less than a telephone is."""
    metres: float = great_circle(
        (here.latitude, here.longitude), (there.latitude, there.longitude)
    ).meters
    return round(metres)

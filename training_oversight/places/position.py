"""Positions as telephones measure them (WGS-84), never as Chinese maps draw them (GCJ-02)."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto

from geopy.distance import great_circle

from training_oversight.errors import BadInput
from training_oversight.texts import Text

MOST_NORTHERN, MOST_EASTERN = 90, 180
# The country lies within these degrees, and no number lies in both.
NORTH, EAST = (3, 54), (73, 136)
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


class Fault(Enum):
    """Why two numbers are no place in the country."""

    NOWHERE = auto()
    EXCHANGED = auto()
    ABROAD = auto()


def fault_of(latitude: float, longitude: float) -> Fault | None:
    """0, 0 is what a device or a sheet writes that has measured nothing."""
    if not latitude and not longitude:
        return Fault.NOWHERE
    if _within(latitude, NORTH) and _within(longitude, EAST):
        return None
    is_exchanged = _within(longitude, NORTH) and _within(latitude, EAST)
    return Fault.EXCHANGED if is_exchanged else Fault.ABROAD


def _within(degrees: float, ends: tuple[int, int]) -> bool:
    return ends[0] <= degrees <= ends[1]


SAID = {
    Fault.NOWHERE: Text("0, 0 is no position: nothing was measured."),
    Fault.EXCHANGED: Text(
        "Latitude and longitude are exchanged. Latitude comes first, then longitude: 29.56, 106.55."
    ),
    Fault.ABROAD: Text(
        "The position does not lie in China (latitude 3 to 54, longitude 73 to 136)."
    ),
}


def parse(text: str) -> Position:
    """A position typed or pasted as ``29.56, 106.55``, latitude first.

    Raises ``BadInput`` for what is no place in the country.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    numbers = [part for part in SEPARATOR.split(plain) if part]
    try:
        latitude, longitude = (float(number) for number in numbers)
    except ValueError as error:
        raise BadInput(
            Text("“%(text)s” is not a position: write it like 29.56, 106.55.", text=plain)
        ) from error
    if math.isfinite(latitude + longitude) and (fault := fault_of(latitude, longitude)):
        raise BadInput(SAID[fault])
    return Position(latitude, longitude)


def distance(here: Position, there: Position) -> int:
    """Metres as the crow flies, on a sphere: 0.1 % off, far less than a telephone is."""
    metres: float = great_circle(
        (here.latitude, here.longitude), (there.latitude, there.longitude)
    ).meters
    return round(metres)

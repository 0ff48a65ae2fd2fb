"""Coordinates as Chinese maps publish them, to and from what telephones measure.

WGS-84 is what a telephone gives, and CGCS2000, which 天地图 uses, differs from it by less than
a decimetre. GCJ-02 (高德, 腾讯) is WGS-84 moved by 58 to 675 m by a formula that is public
today; BD-09 (百度) moves GCJ-02 once more. Both ways back are found by iteration, to far less
than a millimetre: the closed formulas in circulation are off by metres.

Outside the rectangle that the formula names nothing is moved. The rectangle is larger than
the country; positions of a Chinese county are never near its edge.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from training_oversight.places.position import Position
from training_oversight.texts import LabelledEnum, Text

# The ellipsoid that the formula of GCJ-02 uses (Krasovsky 1940).
SEMI_MAJOR_AXIS, ECCENTRICITY_SQUARED = 6378245.0, 0.00669342162296594323
SOUTH, NORTH, WEST, EAST = 0.8293, 55.8271, 72.004, 137.8347
BAIDU_NORTH, BAIDU_EAST = 0.006, 0.0065
BAIDU_TURN = math.pi * 3000 / 180
# As far as the maps lie apart, in metres: so good is a position of which nobody said its map.
UNKNOWN_MAP = 1_000
# No point is moved farther than this, in degrees.
FARTHEST = 0.05
# Each step of the iteration divides the error by a thousand or more; floats end before ten.
STEPS, SMALLEST = 10, 1e-11


class Datum(LabelledEnum):
    """The system in which somebody gives us coordinates. We keep WGS-84 only."""

    WGS84 = "wgs84", Text("WGS-84 or CGCS2000 (telephone, Tianditu)")
    GCJ02 = "gcj02", Text("GCJ-02 (Amap, Tencent)")
    BD09 = "bd09", Text("BD-09 (Baidu)")


@dataclass(frozen=True)
class Degrees:
    """A pair of numbers in some system; never stored, and no ``Position``."""

    latitude: float
    longitude: float


Shift = Callable[[Degrees], Degrees]


def to_wgs84(latitude: float, longitude: float, datum: Datum) -> Position:
    """A position from coordinates of any of the three systems."""
    # What is off the globe is refused before it is converted.
    given = Position(latitude, longitude)
    if datum is Datum.WGS84 or not _is_moved(given, margin=FARTHEST):
        return given
    origin = _undone(SHIFTS[datum], Degrees(latitude, longitude))
    return Position(origin.latitude, origin.longitude) if _is_moved(origin) else given


def placed(given: Position, datum: Datum | None) -> tuple[Position, int | None]:
    """A position as it was given: in WGS-84, and how many metres it may be off."""
    if datum is None:
        return given, UNKNOWN_MAP
    return to_wgs84(given.latitude, given.longitude, datum), None


def from_wgs84(position: Position, datum: Datum) -> Degrees:
    """The numbers under which a map of that system shows the position."""
    here = Degrees(position.latitude, position.longitude)
    if datum is Datum.WGS84 or not _is_moved(here):
        return here
    return SHIFTS[datum](here)


def _is_moved(here: Degrees | Position, margin: float = 0) -> bool:
    north = SOUTH - margin <= here.latitude <= NORTH + margin
    return north and WEST - margin <= here.longitude <= EAST + margin


def _undone(shift: Shift, there: Degrees) -> Degrees:
    """The point that ``shift`` takes there: step by step nearer, by what is still missing."""
    here = there
    for _ in range(STEPS):
        reached = shift(here)
        north = there.latitude - reached.latitude
        east = there.longitude - reached.longitude
        here = Degrees(here.latitude + north, here.longitude + east)
        if max(abs(north), abs(east)) < SMALLEST:
            break
    return here


def _to_gcj02(here: Degrees) -> Degrees:
    """The formula of GCJ-02: offsets in metres, turned into degrees on its ellipsoid."""
    x, y = here.longitude - 105, here.latitude - 35
    angle = math.radians(here.latitude)
    curve = 1 - ECCENTRICITY_SQUARED * math.sin(angle) ** 2
    meridian = SEMI_MAJOR_AXIS * (1 - ECCENTRICITY_SQUARED) / (curve * math.sqrt(curve))
    parallel = SEMI_MAJOR_AXIS / math.sqrt(curve) * math.cos(angle)
    return Degrees(
        here.latitude + math.degrees(_metres_north(x, y) / meridian),
        here.longitude + math.degrees(_metres_east(x, y) / parallel),
    )


def _metres_north(x: float, y: float) -> float:
    return (
        -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
        + (20 * _wave(6 * x) + 20 * _wave(2 * x)) * 2 / 3
        + (20 * _wave(y) + 40 * _wave(y / 3)) * 2 / 3
        + (160 * _wave(y / 12) + 320 * _wave(y / 30)) * 2 / 3
    )  # fmt: skip


def _metres_east(x: float, y: float) -> float:
    return (
        300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
        + (20 * _wave(6 * x) + 20 * _wave(2 * x)) * 2 / 3
        + (20 * _wave(x) + 40 * _wave(x / 3)) * 2 / 3
        + (150 * _wave(x / 12) + 300 * _wave(x / 30)) * 2 / 3
    )  # fmt: skip


def _wave(half_turns: float) -> float:
    return math.sin(half_turns * math.pi)


def _to_bd09(here: Degrees) -> Degrees:
    """BD-09: GCJ-02 a little farther from the origin, turned a little, and moved."""
    amap = _to_gcj02(here)
    x, y = amap.longitude, amap.latitude
    far = math.hypot(x, y) + 0.00002 * math.sin(y * BAIDU_TURN)
    turned = math.atan2(y, x) + 0.000003 * math.cos(x * BAIDU_TURN)
    return Degrees(
        far * math.sin(turned) + BAIDU_NORTH,
        far * math.cos(turned) + BAIDU_EAST,
    )


SHIFTS: Mapping[Datum, Shift] = {Datum.GCJ02: _to_gcj02, Datum.BD09: _to_bd09}

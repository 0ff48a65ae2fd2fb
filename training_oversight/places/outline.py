"""A county's outline from a GeoJSON file: its surfaces, checked, in WGS-84, and nothing else.

Only the shape is kept: names and figures that a file carries beside it are left behind.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from training_oversight.errors import BadInput, TooLarge
from training_oversight.places.datum import Datum, from_wgs84, to_wgs84
from training_oversight.places.position import MOST_EASTERN, MOST_NORTHERN, Position
from training_oversight.texts import Text

# A county drawn to ten metres is some thousand points; more only makes the map slow.
MOST_BYTES, MOST_POINTS = 4_000_000, 20_000
# A triangle, whose first corner is said again at the end.
FEWEST_CORNERS = 4
# A tenth of a metre.
DECIMALS = 6

Ring = list[list[float]]
NOT_GEOJSON = Text(
    "The file is not GeoJSON. Export the outline as GeoJSON (.geojson or .json) and try again."
)


@dataclass(frozen=True)
class Outline:
    """Surfaces as GeoJSON has them: of each its edge, then its holes, longitude first."""

    polygons: list[list[Ring]]

    @property
    def points(self) -> int:
        return sum(len(ring) for polygon in self.polygons for ring in polygon)

    @property
    def geojson(self) -> dict[str, object]:
        return {"type": "MultiPolygon", "coordinates": self.polygons}


def read(content: bytes, datum: Datum) -> Outline:
    """The outline in a file whose coordinates are of the given system. Raises ``BadInput``."""
    if len(content) > MOST_BYTES:
        raise TooLarge(
            Text(
                "The file has %(found)s MB; at most %(most)s MB are taken. Simplify the outline.",
                found=round(len(content) / 1_000_000, 1),
                most=MOST_BYTES // 1_000_000,
            )
        )
    try:
        surfaces = list(_surfaces(json.loads(content.decode("utf-8-sig"))))
    except (ValueError, RecursionError) as error:
        raise BadInput(NOT_GEOJSON) from error
    polygons = [_polygon(rings) for rings in surfaces]
    if not polygons:
        raise BadInput(Text("The file holds no surface: Polygon or MultiPolygon is needed."))
    outline = Outline(polygons)
    if outline.points > MOST_POINTS:
        raise BadInput(
            Text(
                "The outline has %(found)s points; at most %(most)s are taken. Simplify it.",
                found=outline.points,
                most=MOST_POINTS,
            )
        )
    return Outline([[_converted(ring, datum) for ring in polygon] for polygon in polygons])


def shown_in(geojson: dict[str, Any], datum: Datum) -> dict[str, object]:
    """A kept outline as a map of that system draws it."""
    surfaces = geojson["coordinates"]
    moved = [[[_shifted(it, datum) for it in ring] for ring in rings] for rings in surfaces]
    return {"type": "MultiPolygon", "coordinates": moved}


def _shifted(point: list[float], datum: Datum) -> list[float]:
    there = from_wgs84(Position(point[1], point[0]), datum)
    return [round(there.longitude, DECIMALS), round(there.latitude, DECIMALS)]


def _surfaces(said: object) -> Iterator[object]:
    """The rings of every surface in the file, whatever it is wrapped in."""
    match said:
        case {"type": "FeatureCollection", "features": list(features)}:
            for feature in features:
                yield from _surfaces(feature)
        case {"type": "Feature", "geometry": geometry}:
            yield from _surfaces(geometry)
        case {"type": "Polygon", "coordinates": rings}:
            yield rings
        case {"type": "MultiPolygon", "coordinates": list(surfaces)}:
            yield from surfaces
        case {"type": str(kind)}:
            raise BadInput(
                Text(
                    "The file holds “%(kind)s”. Only surfaces are an outline: Polygon or "
                    "MultiPolygon.",
                    # JSON can say halves of a character, which no page can.
                    kind=kind[:40].encode(errors="replace").decode(),
                )
            )
        case _:
            raise BadInput(NOT_GEOJSON)


def _polygon(rings: object) -> list[Ring]:
    if not isinstance(rings, list) or not rings:
        raise BadInput(NOT_GEOJSON)
    return [_ring(ring) for ring in rings]


def _ring(ring: object) -> Ring:
    if not isinstance(ring, list):
        raise BadInput(NOT_GEOJSON)
    points = [_point(point) for point in ring]
    if points and points[0] != points[-1]:
        points.append(points[0])
    if len(points) < FEWEST_CORNERS:
        raise BadInput(Text("A surface of the outline has fewer than three corners."))
    return points


def _point(point: object) -> list[float]:
    if not isinstance(point, list) or len(point) < len(("longitude", "latitude")):
        raise BadInput(NOT_GEOJSON)
    longitude, latitude = point[0], point[1]
    if any(type(number) not in (int, float) for number in (longitude, latitude)):
        raise BadInput(NOT_GEOJSON)
    # Written so that "not a number" fails too.
    if not (abs(longitude) <= MOST_EASTERN and abs(latitude) <= MOST_NORTHERN):
        raise BadInput(
            Text(
                "The outline has a point %(longitude)s, %(latitude)s, which is not on the globe. "
                "GeoJSON has degrees, longitude first; metres must be converted before.",
                longitude=longitude,
                latitude=latitude,
            )
        )
    return [longitude, latitude]


def _converted(ring: Ring, datum: Datum) -> Ring:
    found = (to_wgs84(latitude, longitude, datum) for longitude, latitude in ring)
    return [[round(it.longitude, DECIMALS), round(it.latitude, DECIMALS)] for it in found]

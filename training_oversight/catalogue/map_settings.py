"""What a county has set for its maps. Nothing set: a plain ground, no outline, no geocoding.

No map is shipped: one that is shown in public needs an approval number (审图号), and a wrong
boundary is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from training_oversight.errors import BadInput
from training_oversight.places import Datum
from training_oversight.places.geocoding import Geocoding, GeocodingService
from training_oversight.texts import Text

TILES, OUTLINE, SHAPE, GEOCODER = "map.tiles", "map.outline", "map.shape", "map.geocoder"
DATUMS = {datum.value: datum for datum in Datum}
SERVICES = {service.value: service for service in GeocodingService}
# 百度 cuts the world into other squares; Leaflet cannot lay them.
TILE_DATUMS = (Datum.WGS84, Datum.GCJ02)
PLACES = ("{z}", "{x}", "{y}")
HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?")
LONGEST_ADDRESS = 500


@dataclass(frozen=True)
class Tiles:
    """The map's pictures: the address of the ground, and of the names drawn over it."""

    address: str
    labels: str = ""
    datum: Datum = Datum.WGS84
    attribution: str = ""
    approval: str = ""

    @property
    def origins(self) -> list[str]:
        """The hosts that the page must be allowed to show pictures from."""
        parts = [urlsplit(address) for address in (self.address, self.labels) if address]
        return sorted({f"{part.scheme}://{part.netloc}" for part in parts})


@dataclass(frozen=True)
class OutlineNote:
    """What is known of the outline beside its shape, which is kept apart."""

    name: str
    approval: str
    surfaces: int
    points: int
    # Of the kept shape: the history names which one it was.
    sha256: str


@dataclass(frozen=True)
class GeocoderChoice:
    service: GeocodingService
    per_second: int


@dataclass(frozen=True)
class MapSettings:
    tiles: Tiles | None = None
    outline: OutlineNote | None = None
    geocoder: GeocoderChoice | None = None

    @property
    def datum(self) -> Datum:
        """The system in which the map shows things."""
        return self.tiles.datum if self.tiles else Datum.WGS84

    @property
    def approvals(self) -> list[str]:
        """The approval numbers that must stand on the map."""
        given = (part.approval for part in (self.outline, self.tiles) if part)
        return list(dict.fromkeys(given))


def understood(values: Mapping[str, Mapping[str, Any]]) -> MapSettings:
    """The settings from the rows of a county, by code; an empty value is no setting."""
    tiles, outline, geocoder = (values.get(code) for code in (TILES, OUTLINE, GEOCODER))
    return MapSettings(
        tiles=Tiles(**{**tiles, "datum": DATUMS[tiles["datum"]]}) if tiles else None,
        outline=OutlineNote(**outline) if outline else None,
        geocoder=(
            GeocoderChoice(SERVICES[geocoder["service"]], geocoder["per_second"])
            if geocoder
            else None
        ),
    )


def kept(setting: Tiles | OutlineNote | GeocoderChoice | None) -> dict[str, Any]:
    """A setting as its row has it."""
    return asdict(setting) if setting else {}


def with_key(choice: GeocoderChoice | None, key: str | None) -> Geocoding | None:
    if choice is None or not key:
        return None
    return Geocoding(choice.service, key, choice.per_second)


def check_tiles(address: str) -> None:
    """Whether an address of squares can be used. Raises ``BadInput``."""
    if sentence := _fault(address):
        raise BadInput(sentence)


def _fault(address: str) -> Text | None:
    if "{s}" in address:
        return Text("Write one host instead of {s}, for instance t0.")
    if not all(address.count(place) == 1 for place in PLACES):
        return Text("The address needs {z}, {x} and {y} once each.")
    try:
        part = urlsplit(address)
    except ValueError:
        part = urlsplit("")
    bare = re.sub(r"\{[xyz]\}", "", address)
    if part.scheme not in ("http", "https") or not HOST.fullmatch(part.netloc):
        return Text("Begin with https:// and a host in small letters.")
    if not re.fullmatch(r"[!-~]+", bare) or re.search(r"[\"'<>\\{}]", bare):
        return Text("The address holds characters that no address has.")
    return None

"""From an address to a position, by a map service that the county has a key for.

Off unless the county has chosen a service: every question tells that service an address.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from geopy.adapters import AdapterHTTPError
from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeopyError,
)
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import BaiduV3
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

from training_oversight.errors import BadInput, OversightError
from training_oversight.places.datum import Datum, to_wgs84
from training_oversight.places.position import Position
from training_oversight.texts import LabelledEnum, Text

# In seconds. The library's own, one second, is too short across the country.
PATIENCE = 10
# In metres: what is less exact than this helps nobody to find a door.
COARSEST = 1000
# What the services say when they have recognised no more than the district.
TOO_COARSE = {"国家", "省", "省级", "城市", "市", "地级市", "区县", "县", "区", "县级市", "乡镇"}
# 百度 takes no address of more than 84 bytes; what is cut off is the room, not the street.
BAIDU_LONGEST = 84
# 百度's "confidence", from the highest, and what it promises in metres.
BAIDU_ACCURACY = (
    (100, 20), (90, 50), (80, 100), (75, 200), (70, 300), (60, 500), (50, 1000), (40, 2000),
    (30, 5000), (25, 8000), (20, 10000),
)  # fmt: skip
BAIDU_FOUND_NOTHING, BAIDU_NO_KEY, BAIDU_TOO_FAST = "无相关结果", 5, (401, 402)
TIANDITU_FOUND_NOTHING, TIANDITU_OK = "101", "0"
# A key that is not even of the right length.
TIANDITU_NO_KEY = 308011
LONGEST_ANSWER = 80


class GeocodingService(LabelledEnum):
    BAIDU = "baidu", Text("Baidu Maps")
    TIANDITU = "tianditu", Text("Tianditu")


@dataclass(frozen=True)
class Found:
    """Where an address is. ``accuracy`` in metres, if the service says; ``level`` in its words."""

    position: Position
    accuracy: int | None
    level: str
    service: GeocodingService


class AddressNotFound(OversightError):
    """This address has no position of any use; the next one may."""


class ServiceSilent(OversightError):
    """The service did not answer, or not in a way that can be read; it may later."""


class ServiceRefuses(OversightError):
    """The key is wrong or used up: no further address will be answered either."""


class Baidu(BaiduV3):  # type: ignore[misc]  # geopy has no types
    """As the library has it, but "no result" is no fault, and too fast is not used up."""

    def _parse_json(self, page: Any, exactly_one: bool = True) -> object:
        if page.get("status") == 1 and BAIDU_FOUND_NOTHING in str(page.get("msg")):
            return None
        return super()._parse_json(page, exactly_one)

    def _check_status(self, status: int) -> None:
        if status in BAIDU_TOO_FAST:
            raise GeocoderRateLimited(str(status))
        if status == BAIDU_NO_KEY:
            raise GeocoderAuthenticationFailure(str(status))
        try:
            super()._check_status(status)
        except GeocoderServiceError as error:
            raise type(error)(str(status)) from error


class Tianditu(Geocoder):  # type: ignore[misc]  # geopy has no types
    """天地图, which the library does not know."""

    def __init__(self, api_key: str, **options: object) -> None:
        super().__init__(**options)
        self.api_key = api_key
        self.api = f"{self.scheme}://api.tianditu.gov.cn/geocoder"

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: object = DEFAULT_SENTINEL
    ) -> Location | None:
        asked = json.dumps({"keyWord": query}, ensure_ascii=False)
        url = f"{self.api}?{urlencode({'ds': asked, 'tk': self.api_key})}"
        found: Location | None = self._call_geocoder(url, self._parse, timeout=timeout)
        return found

    def _parse(self, answer: Any) -> Location | None:
        status = str(answer["status"])
        if status == TIANDITU_FOUND_NOTHING:
            return None
        if status != TIANDITU_OK:
            raise GeocoderServiceError(str(answer.get("msg", status)))
        place = answer["location"]
        return Location(place["keyWord"], (float(place["lat"]), float(place["lon"])), place)

    def _geocoder_exception_handler(self, error: Exception) -> None:
        """A refusal comes with its reason inside the answer."""
        if not isinstance(error, AdapterHTTPError):
            return
        said = _said(error.text)
        if error.status_code == HTTPStatus.FORBIDDEN or said.get("code") == TIANDITU_NO_KEY:
            reason = str(said.get("msg") or said.get("message") or error.status_code)
            raise GeocoderAuthenticationFailure(reason) from error


@dataclass(frozen=True)
class Geocoding:
    """What the county has chosen: a service, its key, how many questions a second."""

    service: GeocodingService
    key: str
    per_second: float


class Finder:
    """Asks the county's map service, never faster than agreed."""

    def __init__(self, wanted: Geocoding) -> None:
        self.service = wanted.service
        made = SERVICES[wanted.service](
            wanted.key, timeout=PATIENCE, user_agent="training-oversight"
        )
        pause = 1 / wanted.per_second
        self._ask = RateLimiter(
            made.geocode,
            min_delay_seconds=pause,
            error_wait_seconds=pause,
            max_retries=0,
            swallow_exceptions=False,
        )

    def find(self, address: str, within: Sequence[str]) -> Found:
        """The position of an address in a county; ``within`` names it from the province down.

        Raises ``AddressNotFound``, ``ServiceSilent``, ``ServiceRefuses``.
        """
        whole = in_full(address, within)
        if self.service is GeocodingService.BAIDU:
            whole = whole.encode()[:BAIDU_LONGEST].decode(errors="ignore")
        answer = self._answer(whole)
        if answer is None:
            raise AddressNotFound(
                Text("%(service)s does not know the address.", service=self.service.label)
            )
        found = self._understood(answer)
        if found.level in TOO_COARSE or (found.accuracy or 0) > COARSEST:
            raise AddressNotFound(
                Text(
                    "%(service)s knows the area only (%(level)s), not the address.",
                    service=self.service.label,
                    level=found.level,
                )
            )
        return found

    def _answer(self, whole: str) -> Location | None:
        try:
            return self._ask(whole)
        except GeopyError as error:
            raise self._in_words(error) from error
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            # The library reads an answer without looking whether it is one.
            raise self._unreadable() from error

    def _understood(self, answer: Location) -> Found:
        try:
            accuracy = _metres(answer.raw["confidence"]) if "confidence" in answer.raw else None
            position = to_wgs84(answer.latitude, answer.longitude, DATUMS[self.service])
        except (BadInput, TypeError) as error:
            raise self._unreadable() from error
        return Found(position, accuracy, str(answer.raw.get("level") or ""), self.service)

    def _in_words(self, error: GeopyError) -> OversightError:
        said: dict[str, object] = {"service": self.service.label, "answer": _answer_in(error)}
        if _is_cut_off(error):
            return ServiceSilent(
                Text(
                    "%(service)s cannot be reached. See whether this server may go outside, "
                    "and try again later.",
                    service=self.service.label,
                )
            )
        match error:
            case GeocoderParseError():
                return self._unreadable()
            case GeocoderRateLimited():
                return ServiceSilent(
                    Text("%(service)s is asked too fast. Allow fewer questions a second.", **said)
                )
            case GeocoderQuotaExceeded():
                return ServiceRefuses(
                    Text(
                        "The quota of the key is used up at %(service)s (%(answer)s). Go on "
                        "tomorrow, or ask for a larger one.",
                        **said,
                    )
                )
            case GeocoderQueryError():
                return AddressNotFound(
                    Text("%(service)s cannot read the address (%(answer)s).", **said)
                )
            case GeocoderAuthenticationFailure() | GeocoderInsufficientPrivileges():
                return ServiceRefuses(
                    Text(
                        "%(service)s refuses the key (%(answer)s). Compare it in the map settings "
                        "with the service's own page; it must be one for servers.",
                        **said,
                    )
                )
        return ServiceSilent(
            Text("%(service)s does not answer (%(answer)s). Try again later.", **said)
        )

    def _unreadable(self) -> ServiceSilent:
        return ServiceSilent(
            Text(
                "%(service)s gave an answer that cannot be read. Try again later.",
                service=self.service.label,
            )
        )


SERVICES: Mapping[GeocodingService, Callable[..., Geocoder]] = {
    GeocodingService.BAIDU: Baidu,
    GeocodingService.TIANDITU: Tianditu,
}
DATUMS = {
    GeocodingService.BAIDU: Datum.BD09,
    # CGCS2000: the same to less than a decimetre.
    GeocodingService.TIANDITU: Datum.WGS84,
}


def in_full(address: str, within: Sequence[str]) -> str:
    """The address with whatever it leaves out of where it lies; nothing is named twice."""
    for place, name in enumerate(within):
        if address.startswith(name):
            return "".join([*within[:place], address])
    return "".join([*within, address])


def _is_cut_off(error: GeopyError) -> bool:
    """Whether nothing came back at all: no network, no name, no time left."""
    # Not its cause: the library raises anew without naming one.
    fault = error.__context__
    return isinstance(fault, OSError) and not isinstance(fault, AdapterHTTPError)


def _answer_in(error: GeopyError) -> str:
    """What the service said, as short as a sentence can hold it; not what the library says."""
    fault = error.__context__
    if isinstance(fault, AdapterHTTPError) and str(fault) == str(error):
        return f"HTTP {fault.status_code}"
    return str(error)[:LONGEST_ANSWER]


def _metres(confidence: float) -> int:
    found = (metres for least, metres in BAIDU_ACCURACY if confidence >= least)
    return next(found, BAIDU_ACCURACY[-1][1] + 1)


def _said(text: str | None) -> dict[str, Any]:
    try:
        said = json.loads(text or "")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}

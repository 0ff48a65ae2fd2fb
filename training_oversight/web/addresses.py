"""The addresses of the records in a list: they differ by a number only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import flask

# Stands for the number while an address is built; no address has it before that place.
_PLACE = 987654321


def asking(endpoint: str, asked: Mapping[str, object], **more: object) -> str:
    """``url_for`` with what a page has collected, whatever the address is to carry of it."""
    values: dict[str, Any] = {**asked, **more}
    return flask.url_for(endpoint, **values)


def of_record(endpoint: str, **key: int) -> str:
    """``url_for`` of one record, built once a request for all records of the kind."""
    ((argument, number),) = key.items()
    built: dict[str, Addresses] = flask.g.setdefault("record_addresses", {})
    if endpoint not in built:
        built[endpoint] = Addresses(endpoint, argument)
    return built[endpoint].of(number)


class Addresses:
    """The addresses of many records, with the same arguments behind each."""

    def __init__(self, endpoint: str, argument: str, /, **behind: object) -> None:
        whole = flask.url_for(endpoint, **{**behind, argument: _PLACE})  # type: ignore[arg-type]
        self._before, _, self._after = whole.partition(str(_PLACE))

    def of(self, number: int) -> str:
        return f"{self._before}{number}{self._after}"

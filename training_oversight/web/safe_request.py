"""A request as the product wants to read it: nothing in it that no database can hold.

PostgreSQL refuses a text with NUL and a number beyond its integers. Neither is a fault of
ours, nor a page of an error: such an address leads nowhere, such a filter is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

import flask
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import ImmutableMultiDict, MultiDict, iter_multi_items
from werkzeug.routing import IntegerConverter, Map

from training_oversight.web import marks

NUL = "\0"
LARGEST = 2**31 - 1


# A part of an address that says nothing.
EMPTY = re.compile(rb"=(?:&|$)")
# More digits than any key has; Python refuses to count some thousand of them.
MOST_DIGITS = 10


def keys(typed: Iterable[str]) -> list[int]:
    """Keys from an address or a form that anybody can edit: what can be no key finds nothing."""
    digits = (one for one in typed if one.isascii() and one.isdigit() and len(one) <= MOST_DIGITS)
    return [key for key in map(int, digits) if key <= LARGEST]


def parts() -> dict[str, list[str]]:
    """The parts of this address that say something.

    A form of filters sends the boxes that are not set, too; names beginning with a line and
    ``endpoint`` mean something else to ``url_for``.
    """
    return {
        name: said
        for name, each in flask.request.args.lists()
        if name != "endpoint" and not name.startswith("_") and (said := [v for v in each if v])
    }


def whole(written: str) -> int:
    """The number of a record or a year. Raises ``ValueError`` for what none can have."""
    number = int(written)
    if abs(number) > LARGEST:
        raise ValueError(written)
    return number


class WithoutNul(ImmutableMultiDict[str, Any]):
    """What a form or an address says, read so that a table can be asked for it."""

    def __init__(self, given: MultiDict[str, object] | Iterable[tuple[str, object]] = ()) -> None:
        super().__init__(
            (name, value.replace(NUL, "") if isinstance(value, str) else value)
            for name, value in iter_multi_items(given)
        )

    def get(  # type: ignore[override]
        self, key: str, default: object = None, type: Callable[[str], Any] | None = None
    ) -> Any:
        return super().get(key, default, whole if type is int else type)  # type: ignore[arg-type]

    def getlist(self, key: str, type: Callable[[str], Any] | None = None) -> list[Any]:
        return super().getlist(key, whole if type is int else type)  # type: ignore[arg-type]


class Request(flask.Request):
    parameter_storage_class = WithoutNul


class Number(IntegerConverter):
    """``<int:…>`` in an address: the key of a record or a year."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST)


def _refuse_unreadable() -> None:
    if NUL in flask.request.path:
        flask.abort(HTTPStatus.NOT_FOUND)


def _leave_out_what_is_empty() -> ResponseReturnValue | None:
    """A form of filters sends every box that is not set: the address goes on without them.

    Without script there is no other way; with it the boxes are not sent at all.
    """
    request = flask.request
    if request.method != "GET" or not (request.endpoint and EMPTY.search(request.query_string)):
        return None
    said = [(name, value) for name, value in request.args.items(multi=True) if value]
    query = f"?{urlencode(said)}" if said else ""
    return flask.redirect(quote(request.path) + query)


def _allow_films() -> None:
    """A film is written to the disk as it comes: there its length costs no memory."""
    view = flask.current_app.view_functions.get(flask.request.endpoint or "")
    if view is not None and marks.is_for_films(view):
        around = flask.current_app.config["MAX_CONTENT_LENGTH"]
        flask.request.max_content_length = flask.current_app.config["VIDEO_LIMIT"] + around


def register(app: flask.Flask) -> None:
    app.request_class = Request
    app.url_map.converters["int"] = Number
    # Before anything looks into the request.
    app.before_request(_allow_films)
    app.before_request(_refuse_unreadable)
    app.before_request(_leave_out_what_is_empty)

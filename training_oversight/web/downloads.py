"""The name under which a browser keeps what it is sent, in any script."""

from __future__ import annotations

from urllib.parse import quote

import flask


def kept(answer: flask.Response, name: str) -> flask.Response:
    """A file that is saved and not opened."""
    return _named(answer, "attachment", name)


def opened(answer: flask.Response, name: str) -> flask.Response:
    """A file that the browser shows itself, if it can."""
    return _named(answer, "inline", name)


def _named(answer: flask.Response, disposition: str, name: str) -> flask.Response:
    answer.headers["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{quote(name)}"
    return answer

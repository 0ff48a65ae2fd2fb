"""Styles, scripts and icons: their addresses carry a hash of all of them, so browsers keep them.

``/static/<hash>/css/desk.css``: the hash changes with any file, and what one file names beside
itself is found under the same hash. Style sheets that every page needs are served as one sheet.
"""

from __future__ import annotations

import functools
import hashlib
import mimetypes
import re
from http import HTTPStatus
from pathlib import Path

import flask
from flask.typing import ResponseReturnValue
from werkzeug.security import safe_join

FOLDER = Path(__file__).parent.parent / "static"
YEAR = 365 * 24 * 60 * 60  # seconds
BOOTSTRAP = "vendor/bootstrap/bootstrap-5.3.9.min.css"
REBOOT = "vendor/bootstrap/bootstrap-reboot-5.3.9.min.css"
OURS = ("css/foundation.css", "css/components.css", "css/forms.css")
FRAME = ("frame", "search", "small")
TARGETS = "css/targets.css"
# One sheet made of several, in this order; the last holds for paper alone.
SHEETS = {
    "css/desk.css": (BOOTSTRAP, *OURS, *(f"css/{part}.css" for part in FRAME), TARGETS),
    "css/site.css": (REBOOT, *OURS, "css/public.css", TARGETS),
}
FOR_PAPER = "css/print.css"
MAIN = "js/main.js"
IMPORTED = re.compile(r'^import .* from "\./(.+)";$', re.MULTILINE)


@functools.cache
def release() -> str:
    """The hash over every file that is served: another release has another."""
    whole = hashlib.sha256()
    for path in sorted(path for path in FOLDER.rglob("*") if path.is_file()):
        whole.update(path.relative_to(FOLDER).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()[:16]


@functools.cache
def sheet(name: str) -> bytes:
    """A style sheet made of several."""
    parts = [(FOLDER / part).read_bytes() for part in SHEETS[name]]
    paper = b"@media print {\n" + (FOLDER / FOR_PAPER).read_bytes() + b"}\n"
    return b"\n".join([*parts, paper])


@functools.cache
def scripts(name: str = MAIN) -> tuple[str, ...]:
    """The modules that a script imports: fetched together with it, not one after another."""
    found = IMPORTED.findall((FOLDER / name).read_text(encoding="utf-8"))
    return tuple(f"js/{module}" for module in found)


def content(name: str) -> bytes:
    """What is served under a name. Raises ``FileNotFoundError``."""
    if name in SHEETS:
        return sheet(name)
    path = safe_join(str(FOLDER), name)
    if path is None or not Path(path).is_file():
        raise FileNotFoundError(name)
    return Path(path).read_bytes()


def _static(filename: str, asked: str = "") -> ResponseReturnValue:
    """One file. An address of another release gets the present file, and is asked again."""
    try:
        served = content(filename)
    except FileNotFoundError:
        flask.abort(HTTPStatus.NOT_FOUND)
    kind, _ = mimetypes.guess_type(filename)
    answer = flask.current_app.response_class(served, mimetype=kind)
    if asked == release():
        answer.cache_control.public = True
        answer.cache_control.max_age = YEAR
        answer.cache_control.immutable = True
    else:
        answer.cache_control.no_cache = True
    answer.add_etag()
    return answer.make_conditional(flask.request)


def _addressed(endpoint: str, values: dict[str, object]) -> None:
    if endpoint == "static":
        values.setdefault("asked", release())


def register(app: flask.Flask) -> None:
    app.add_url_rule("/static/<path:filename>", "static", _static)
    app.add_url_rule("/static/<string(length=16):asked>/<path:filename>", "static", _static)
    app.url_defaults(_addressed)
    app.jinja_env.globals["scripts_of_page"] = scripts()

"""One place that turns errors into pages: in the normal frame, with one way on."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

import flask
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.routing import RequestRedirect

from training_oversight.errors import OversightError
from training_oversight.texts import Text
from training_oversight.web import faults

FOREIGN = "cross-site"
# Nobody is told this who came by an address of ours.
MISNAMED = HTTPStatus.MISDIRECTED_REQUEST

SENTENCES = {
    MISNAMED: Text(
        "This site is not reached under the name that was asked for. Whoever runs it sets its "
        "names as HOSTS."
    ),
    HTTPStatus.FORBIDDEN: Text("This page is for another role."),
    HTTPStatus.NOT_FOUND: Text("There is no such record, or it is outside your jurisdiction."),
    HTTPStatus.METHOD_NOT_ALLOWED: Text("This address only answers to its own form."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Text(
        "What you sent is too large. Send fewer or smaller files at a time."
    ),
}


def _page(status: int, sentence: Text) -> ResponseReturnValue:
    return flask.render_template("errors/error.html", status=status, sentence=sentence), status


def _oversight(error: OversightError) -> ResponseReturnValue:
    return _page(int(error.status), error.text)


def _http(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, SecurityError) or request_ctx.url_adapter is None:
        # No page: without a name that counts no address on it could be made.
        return flask.Response(f"{SENTENCES[MISNAMED]}\n", MISNAMED, mimetype="text/plain")
    status = HTTPStatus(error.code or 500)
    if status < HTTPStatus.BAD_REQUEST:
        return error
    sentence = SENTENCES.get(status, Text("This address cannot be read as it stands."))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return faults.page(error)
    return _page(status, sentence)


def _stay_here() -> ResponseReturnValue | None:
    """A corrected address as a path: whoever asked may have named another host than ours."""
    corrected = flask.request.routing_exception
    if not isinstance(corrected, RequestRedirect):
        return None
    parts = urlsplit(corrected.new_url)
    path = "/" + parts.path.lstrip("/\\")
    return flask.redirect(f"{path}?{parts.query}" if parts.query else path, corrected.code)


def _refuse_from_elsewhere() -> None:
    """Besides the token: what the browser itself says of the page that sent a form.

    Whoever says nothing is let pass; proxies and careful browsers leave it out.
    """
    sent_by = flask.request.headers.get("Sec-Fetch-Site", "")
    if flask.request.method == "POST" and sent_by == "cross-site":
        raise CSRFError(FOREIGN)


def is_from_here() -> bool:
    """Whether the browser itself says that a page of this very site sent the request."""
    sent_by = flask.request.headers.get("Sec-Fetch-Site")
    if sent_by is not None:
        return sent_by == "same-origin"
    return flask.request.headers.get("Origin") == flask.request.host_url.rstrip("/")


def stale(error: CSRFError) -> ResponseReturnValue:
    return _page(
        HTTPStatus.BAD_REQUEST,
        Text("Nothing was saved: a page of another web site sent this.")
        if error.description == FOREIGN
        else Text(
            "Nothing was saved: the page had been open too long or came from elsewhere. "
            "Go back, your text is still there; reload the page and send it again."
        ),
    )


def register(app: flask.Flask) -> None:
    app.before_request(_stay_here)
    app.before_request(_refuse_from_elsewhere)
    app.register_error_handler(OversightError, _oversight)
    app.register_error_handler(HTTPException, _http)
    if not app.testing:
        app.register_error_handler(Exception, faults.page)

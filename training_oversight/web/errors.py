"""One place that turns errors into pages: in the normal frame, with one way on."""

from __future__ import annotations

import logging
import secrets
from http import HTTPStatus

import flask
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from training_oversight.errors import OversightError
from training_oversight.texts import Text

log = logging.getLogger(__name__)

SENTENCES = {
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
    status = HTTPStatus(error.code or 500)
    if status < HTTPStatus.BAD_REQUEST:
        return error
    sentence = SENTENCES.get(status, Text("This address cannot be read as it stands."))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _fault(error)
    return _page(status, sentence)


def _csrf(_error: CSRFError) -> ResponseReturnValue:
    return _page(
        HTTPStatus.BAD_REQUEST,
        Text(
            "Nothing was saved: the page had been open too long or came from elsewhere. "
            "Go back, your text is still there; reload the page and send it again."
        ),
    )


def _fault(error: Exception) -> ResponseReturnValue:
    number = secrets.token_hex(2).upper()
    log.exception("fault %s at %s", number, flask.request.path, exc_info=error)
    return _page(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        Text(
            "Not saved: the fault is the system's. Go back, what you typed is still there; try "
            "once more, and if it fails again report number %(number)s.",
            number=number,
        ),
    )


def register(app: flask.Flask) -> None:
    app.register_error_handler(OversightError, _oversight)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    if not app.testing:
        app.register_error_handler(Exception, _fault)

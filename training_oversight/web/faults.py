"""The page of a fault: of the program, of the database, of the disk. It asks the database nothing,
for that may be what failed; so it knows no officer and shows no menu."""

from __future__ import annotations

import logging
import secrets
from http import HTTPStatus

import flask
import flask_login
from flask.typing import ResponseReturnValue

from training_oversight import texts, troubles
from training_oversight.texts import Language, Text

log = logging.getLogger(__name__)
LANGUAGE_COOKIE = "language"
# Seconds after which a program may ask again.
AGAIN_AFTER = "30"
# Tokens are given anew, and passwords are not written into a page.
NOT_REPEATED = frozenset({"csrf_token", "password", "present", "new", "again", "kept"})
WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
Typed = list[tuple[str, str]]


def visitors_language() -> Language:
    """The language that this browser chose before anybody signed in; Chinese otherwise."""
    chosen = flask.request.cookies.get(LANGUAGE_COOKIE, "")
    return Language(chosen) if chosen in {one.value for one in Language} else texts.DEFAULT


def page(error: Exception) -> ResponseReturnValue:
    """Say what happened, keep what was typed, and write the cause into the log."""
    number = secrets.token_hex(2).upper()
    trouble = troubles.of(error)
    _log(error, trouble, number)
    fields = _typed() if trouble else []
    _as_nobody()
    rendered = flask.render_template(
        "errors/fault.html",
        status=trouble.status if trouble else HTTPStatus.INTERNAL_SERVER_ERROR,
        sentences=_sentences(trouble, number, kept=bool(fields)),
        fields=fields,
        files=any(one.filename for one in flask.request.files.values()) if fields else False,
        address=flask.request.full_path.rstrip("?"),
    )
    if trouble is None:
        return rendered, HTTPStatus.INTERNAL_SERVER_ERROR
    return rendered, trouble.status, {"Retry-After": AGAIN_AFTER}


def _log(error: Exception, trouble: troubles.Trouble | None, number: str) -> None:
    # What the database's trouble is stands in one line: a night without it is many of them.
    if trouble is None:
        log.error("fault %s at %s", number, flask.request.path, exc_info=error)
    else:
        cause = getattr(error, "orig", None) or error
        log.error(
            "fault %s at %s: %s (%s)", number, flask.request.path, trouble.text.message, cause
        )


def _as_nobody() -> None:
    """Nobody is asked for who is here; without a language from them it is the browser's."""
    if not hasattr(flask.g, "_login_user") or not flask_login.current_user.is_authenticated:
        texts.speak(visitors_language())
    flask.g._login_user = flask_login.AnonymousUserMixin()


def _typed() -> Typed:
    """What was sent, to be sent again from the page. Not a sign-in: its password is not kept."""
    if flask.request.method not in WRITING or "password" in flask.request.form:
        return []
    sent = flask.request.form.items(multi=True)
    return [(name, value) for name, value in sent if name not in NOT_REPEATED]


def _sentences(trouble: troubles.Trouble | None, number: str, *, kept: bool) -> list[Text]:
    writing = flask.request.method in WRITING
    if trouble is None:
        return [
            Text(
                "Not saved: the fault is the system's. Go back, what you typed is still there; try "
                "once more, and if it fails again report number %(number)s.",
                number=number,
            )
        ]
    if kept:
        then = Text(
            "What you typed is kept on this page. Wait a minute and send it again; what was saved "
            "all the same is not saved twice."
        )
    elif writing:
        then = Text("Go back, what you typed is still there; wait a minute and send it again.")
    else:
        then = Text("Nothing is lost. Wait a minute and reload the page.")
    report = Text("If it goes on, report number %(number)s.", number=number)
    return [trouble.text, then, report]

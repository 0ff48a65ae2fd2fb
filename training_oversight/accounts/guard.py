"""Who is asking, and whether the address is for them. Denies by default."""

from __future__ import annotations

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import cast

import flask
import flask_login
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from training_oversight import clock, texts
from training_oversight.accounts import entrance, queries, service
from training_oversight.accounts.authorising import page_for_others
from training_oversight.accounts.models import Officer, OfficerSession
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session, write_if_free
from training_oversight.errors import NotPermitted
from training_oversight.texts import Language
from training_oversight.web import errors, marks
from training_oversight.web.faults import visitors_language

TOKEN = "officer_token"


class Visitor(flask_login.UserMixin):  # type: ignore[misc]
    """The signed-in officer as flask-login wants to hold it."""

    def __init__(self, officer: Officer) -> None:
        self.officer = officer

    def get_id(self) -> str:
        return str(self.officer.id)


def current_officer() -> Officer:
    """The officer who is asking. Only inside a view that is not public."""
    return cast(Visitor, flask_login.current_user).officer


def officer_or_none() -> Officer | None:
    return getattr(flask_login.current_user, "officer", None)


def _load(_request: flask.Request) -> Visitor | None:
    token = flask.session.get(TOKEN)
    if not token:
        return None
    session = current_session()
    opened = session.get(OfficerSession, service.token_hash(token))
    now = clock.now()
    if opened is None or not _lasts(opened, now):
        return None
    officer_id, today = opened.officer_id, clock.today()
    used = service.use(opened, at=now, address=flask.request.remote_addr or "")
    if used is not None:
        write_if_free(session, used)
    officer = queries.acting(session, officer_id, today=today)
    if officer is None or not officer.works_on(today):
        return None
    return Visitor(officer)


def _lasts(opened: OfficerSession, now: datetime) -> bool:
    """Neither signed out nor too old, nor left alone for too long."""
    idle = idle_limit()
    in_use = idle is None or now < opened.seen_at + idle
    return in_use and opened.ended_at is None and now < opened.created_at + service.SESSION_LASTS


def idle_limit() -> timedelta | None:
    """For how long a sign-in may be left alone; when it was used is noted every minute or so."""
    minutes = flask.current_app.config["IDLE_MINUTES"]
    return max(timedelta(minutes=minutes), 2 * service.NOTED_EVERY) if minutes else None


def _check() -> ResponseReturnValue | None:
    _choose_language()
    if flask.request.endpoint is None:
        return None  # Nothing declared this address: the error page follows.
    if flask.request.endpoint == "static":
        return None
    view = flask.current_app.view_functions[flask.request.endpoint]
    access = marks.access_of(view)
    if marks.is_recorded(view) and _reads_nothing():
        flask.abort(HTTPStatus.METHOD_NOT_ALLOWED)
    if access == marks.PUBLIC:
        return None
    officer = officer_or_none()
    if officer is None:
        return _ask_to_sign_in()
    if officer.must_change_password and flask.request.endpoint not in CHANGING_PASSWORD:
        return flask.redirect(flask.url_for("accounts.password"))
    if access == marks.SIGNED_IN:
        return None
    if not officer.permissions and flask.request.method == "GET":
        # No second person has confirmed their first roles yet: the account says so.
        return flask.redirect(flask.url_for("accounts.account"))
    if access is None:
        flask.abort(HTTPStatus.FORBIDDEN)
    wanted = cast("tuple[Permission, ...]", access)
    if not officer.may_any(wanted):
        raise _for_others(officer, wanted)
    return None


def _for_others(officer: Officer, wanted: tuple[Permission, ...]) -> NotPermitted:
    people = queries.who_may(current_session(), officer.authority_id, wanted, today=clock.today())
    return NotPermitted(page_for_others(officer, wanted, people))


def _reads_nothing() -> bool:
    """Whether nobody would see the answer: what was not taken out is not written down as such."""
    sent = flask.request.headers
    purpose = sent.get("Sec-Purpose", "") or sent.get("Purpose", "") or sent.get("X-Moz", "")
    return flask.request.method == "HEAD" or "prefetch" in purpose.lower()


CHANGING_PASSWORD = frozenset({"accounts.password", "accounts.sign_out"})


def _ask_to_sign_in() -> ResponseReturnValue:
    """Send to the sign-in page, and back to what was asked for; typed text is kept."""
    asked_for = flask.request.full_path.rstrip("?")
    if flask.request.method == "POST" and (fields := entrance.typed()):
        return entrance.page(entrance.keeping(fields), asked_for), HTTPStatus.UNAUTHORIZED
    wanted = asked_for if flask.request.method == "GET" else None
    return flask.redirect(flask.url_for("accounts.sign_in", next=wanted))


def _without_its_token(error: CSRFError) -> ResponseReturnValue:
    """A page of ours whose sign-in ended, or began anew, in another tab: what was typed is kept.

    Only where the browser says that the page was ours: to a browser that sends no cookie along
    from elsewhere, what another site sends looks as if nobody were signed in.
    """
    fields = entrance.typed()
    if not fields or not errors.is_from_here():
        return errors.stale(error)
    if officer_or_none() is None:
        return _ask_to_sign_in()
    address = flask.request.full_path.rstrip("?")
    return entrance.sent_anew(fields, address), HTTPStatus.BAD_REQUEST


def _choose_language() -> None:
    officer = officer_or_none()
    if officer is None:
        texts.speak(visitors_language())
        return
    known = officer.language in {language.value for language in Language}
    texts.speak(Language(officer.language) if known else texts.DEFAULT)


def register(app: flask.Flask) -> None:
    manager = flask_login.LoginManager(app)
    # Phones change address between Wi-Fi and 4G: sessions are held in our own table instead.
    manager.session_protection = None
    manager.request_loader(_load)
    app.before_request(_check)
    app.register_error_handler(CSRFError, _without_its_token)

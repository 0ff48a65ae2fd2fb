"""The code, shown to who has just sent the public form; and the blueprint of its pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from http import HTTPStatus

import flask
from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Authority
from training_oversight.complaints import presenting, service
from training_oversight.complaints.kinds import Channel, Step
from training_oversight.database import current_session
from training_oversight.errors import NotFound
from training_oversight.telling import public_queries as queries
from training_oversight.telling.frame import frame
from training_oversight.texts import Text
from training_oversight.web.marks import public

bp = Blueprint("complaint_form", __name__, url_prefix="/tell-us")
# Under this name the visit remembers what was just sent; for so long the code can be read again.
SENT = "told"
SHOWN_FOR = timedelta(minutes=30)
OPEN_TOO_LONG = Text("The page had been open for very long. Nothing was sent yet; press once more.")


@bp.errorhandler(NotFound)
def missing(_error: NotFound) -> ResponseReturnValue:
    page = render_template("public/missing.html", **frame(None))
    return page, HTTPStatus.NOT_FOUND


def remember(mark: str, *, code: str = "") -> None:
    """What this visit is shown next: the order of that form, or a code that leads to none."""
    flask.session[SENT] = {"mark": mark, "at": clock.now().isoformat(), "code": code}


@bp.route("/told")
@public
def told() -> ResponseReturnValue:
    """The code, to who has just sent the form from this browser; no address leads to it."""
    said = flask.session.get(SENT)
    sent = _just_sent(said) if isinstance(said, dict) else None
    if sent is None:
        return redirect(url_for(".tell"))
    code, due_on, office = sent
    return render_template(
        "public/told.html", code=presenting.spoken(code), due_on=due_on, **frame(office)
    )


def _just_sent(said: Mapping[str, str]) -> tuple[str, date | None, Authority | None] | None:
    """Code, day of the acceptance, office. Nothing if it was too long ago or never saved."""
    session = current_session()
    at = datetime.fromisoformat(said["at"])
    if clock.now() > at + SHOWN_FOR:
        return None
    if said["code"]:
        office = queries.offices(session)[0]
        counting = service.Counting(session, office.id)
        _limit, ends = counting.due(service.limit_code(Channel.WEB, Step.ACCEPT), clock.day_of(at))
        return said["code"], ends.due_on, office
    complaint = queries.of_form(session, said["mark"])
    if complaint is None:
        return None
    return (
        complaint.tracking_code,
        complaint.due_on,
        accounts.authority(session, complaint.authority_id),
    )

"""查询办理情况: what became of it, to who has the code and the word that they chose."""

from __future__ import annotations

from datetime import datetime, timedelta
from http import HTTPStatus

import flask
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training_oversight import clock
from training_oversight.accounts import passwords
from training_oversight.accounts import queries as accounts
from training_oversight.complaints.models import Complaint
from training_oversight.database import current_session
from training_oversight.errors import BadInput, OversightError
from training_oversight.telling import paces, presenting
from training_oversight.telling import public_queries as queries
from training_oversight.telling.forms import TrackForm
from training_oversight.telling.frame import frame
from training_oversight.telling.sent_views import bp
from training_oversight.texts import Text
from training_oversight.web.marks import public

# Under this name the visit remembers whose order it may read, and for so long.
FOLLOWED = "followed"
READ_FOR = timedelta(minutes=30)
# Alike for a code that does not exist and for a word that is wrong.
NOT_TOGETHER = Text("Code and word do not belong together. Look again, or call the hotline.")


@bp.route("/track", methods=["GET", "POST"])
@public
def track() -> ResponseReturnValue:
    """Whoever opens it anew reads nobody's order any more: browsers are shared."""
    flask.session.pop(FOLLOWED, None)
    form = TrackForm()
    found = _found(form) if form.accepted() else None
    if found is None:
        offices = queries.offices(current_session())
        office = offices[0] if len(offices) == 1 else None
        return render_template("public/track.html", form=form, **frame(office)), form.status
    flask.session[FOLLOWED] = {"key": found, "at": clock.now().isoformat()}
    return redirect(url_for(".state"))


def _found(form: TrackForm) -> int | None:
    """The key of the order. It takes as long for a code that nobody has."""
    code = form.digits
    try:
        paces.follow(code, request.remote_addr or "")
        known = queries.to_follow(current_session(), code)
        word = (form.secret.data or "").strip()
        if not passwords.matches(word, known[1] if known else None) or known is None:
            raise BadInput(NOT_TOGETHER)
    except OversightError as error:
        form.refuse(error)
        return None
    return known[0]


@bp.route("/track/state")
@public
def state() -> ResponseReturnValue:
    """State and public answer, and nothing else; no address says whose."""
    complaint = _own()
    if complaint is None:
        return redirect(url_for(".track"))
    office = accounts.authority(current_session(), complaint.authority_id)
    page = render_template(
        "public/tracked.html", followed=presenting.followed(complaint), **frame(office)
    )
    return page, HTTPStatus.OK


def _own() -> Complaint | None:
    said = flask.session.get(FOLLOWED)
    if not said or clock.now() > datetime.fromisoformat(said["at"]) + READ_FOR:
        return None
    return queries.followed(current_session(), said["key"])

"""查询办理情况: what became of it, to who has the code and the word that they chose."""

from __future__ import annotations

from datetime import datetime, timedelta
from http import HTTPStatus

import flask
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock, database
from training_oversight.accounts import paces as pacing
from training_oversight.accounts import passwords
from training_oversight.accounts import queries as accounts
from training_oversight.complaints.models import Complaint
from training_oversight.database import current_session
from training_oversight.errors import BadInput, NotFound, OversightError
from training_oversight.rewards import presenting as rewards
from training_oversight.rewards import queries as rewarding
from training_oversight.telling import paces, presenting, sent_views, service
from training_oversight.telling import public_queries as queries
from training_oversight.telling.forms import ReplyForm, TrackForm
from training_oversight.telling.frame import frame
from training_oversight.telling.queries import open_question
from training_oversight.telling.sent_views import bp
from training_oversight.texts import Text
from training_oversight.web.marks import public
from training_oversight.web.steps import Done, answered

# Under this name the visit remembers whose order it may read, and for so long.
FOLLOWED = "followed"
READ_FOR = timedelta(minutes=30)
ENDED = Text("The page had been open for long. Enter code and word again; your reply is kept.")
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
        return _track_page(form), form.status
    flask.session[FOLLOWED] = {"key": found, "at": clock.now().isoformat()}
    if form.kept.data:
        return _page_with(form.kept.data, found)
    return redirect(url_for(".state"))


def _track_page(form: TrackForm) -> str:
    offices = queries.offices(current_session())
    office = offices[0] if len(offices) == 1 else None
    return render_template("public/track.html", form=form, **frame(office))


def _page_with(reply: str, key: int) -> ResponseReturnValue:
    """The page of the order with what was typed there before the visit had ended."""
    complaint = queries.followed(current_session(), key)
    if complaint is None:
        raise NotFound
    return _state_page(complaint, ReplyForm(formdata=None, data={"reply": reply}))


def ended() -> str:
    """The question for code and word, which carries on what was typed before the visit ended."""
    typed = request.form
    kept = {"kept": typed.get("reply") or typed.get("kept"), "code": typed.get("code")}
    form = TrackForm(formdata=None, data=kept)
    form.problems.append(ENDED if kept["kept"] else sent_views.OPEN_TOO_LONG)
    return _track_page(form)


def _found(form: TrackForm) -> int | None:
    """The key of the order. It takes as long for a code that nobody has."""
    code = form.digits
    try:
        # First the address: what is refused to one alone must not use up what the code has.
        pacing.keep(paces.ASKED, "track", request.remote_addr or "")
        pacing.for_code("track-code", code)
        known = queries.to_follow(current_session(), code)
        word = (form.secret.data or "").strip()
        if not passwords.matches(word, known[1] if known else None) or known is None:
            raise BadInput(NOT_TOGETHER)
    except OversightError as error:
        form.refuse(error)
        return None
    return known[0]


@bp.route("/track/state", methods=["GET", "POST"])
@public
def state() -> ResponseReturnValue:
    """State and public answer, a question of ours and its reply, and nothing else."""
    complaint = _own()
    if complaint is None:
        if request.form.get("reply"):
            return ended(), HTTPStatus.UNAUTHORIZED
        return redirect(url_for(".track"))
    form = ReplyForm()

    def act(session: Session) -> Done:
        service.reply(
            session,
            complaint,
            words=form.reply.data,
            by=accounts.system(session),
            now=database.instant(session),
        )
        return Done(url_for(".state"), Text("Your reply has been received."))

    return answered(form, act, lambda: _state_page(complaint, form))


def _state_page(complaint: Complaint, form: ReplyForm) -> str:
    session = current_session()
    return render_template(
        "public/tracked.html",
        followed=presenting.followed(complaint),
        question=open_question(session, complaint.id),
        reward=rewards.for_the_reporter(
            rewarding.of_reporter(session, complaint.id), clock.today()
        ),
        form=form,
        **frame(accounts.authority(session, complaint.authority_id)),
    )


def _own() -> Complaint | None:
    said = flask.session.get(FOLLOWED)
    if not said or clock.now() > datetime.fromisoformat(said["at"]) + READ_FOR:
        return None
    return queries.followed(current_session(), said["key"])

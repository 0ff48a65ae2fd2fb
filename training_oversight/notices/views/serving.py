"""Recording service: made, failed, or by an announcement that has run out."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts import acting
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session
from training_oversight.law import WorkingCalendar
from training_oversight.notices import queries, service
from training_oversight.notices.forms import (
    ApproveForm,
    AttemptForm,
    FailedForm,
    ServeForm,
    attempted_at,
)
from training_oversight.notices.models import Notice, ServiceMethod
from training_oversight.notices.service import FailedAttempt, ServiceAttempt
from training_oversight.notices.views.blueprint import bp, open_for
from training_oversight.notices.workflow import NoticeVerb
from training_oversight.texts import Text
from training_oversight.web.forms import given
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered


@bp.route("/<int:notice_id>/serve", methods=["GET", "POST"])
@requires(Permission.SERVE_NOTICE)
def serve(notice_id: int) -> ResponseReturnValue:
    notice = open_for(notice_id, NoticeVerb.SERVE)
    form = ServeForm(obj=notice)
    _hint(form, notice)

    def act(session: Session) -> Done:
        attempt = _attempt(form)
        announcing = attempt.method is ServiceMethod.ANNOUNCEMENT
        step = service.announce if announcing else service.serve
        step(session, notice, attempt=attempt, calendar=_calendar(notice), **acting.today(form))
        return _served(notice)

    return answered(
        form,
        act,
        lambda: render_template("notices/serve.html", notice=notice, form=form),
    )


def _calendar(notice: Notice) -> WorkingCalendar:
    return catalogue.working_calendar(current_session(), authority_id=notice.authority_id)


def _served(notice: Notice) -> Done:
    said = Text("The announcement is recorded. It counts as service when its time has passed.")
    if notice.served_on is not None:
        said = Text("Service is recorded: deadlines run from %(day)s.", day=notice.served_on)
    return Done(_record(notice), said)


def _hint(form: AttemptForm, notice: Notice) -> None:
    form.proof.description = Text("Photos, scans or PDF.")
    if notice.recipient_address:
        form.place.description = Text("The paper names %(place)s.", place=notice.recipient_address)


def _attempt(form: ServeForm) -> ServiceAttempt:
    return ServiceAttempt(
        method=form.method.data,
        attempted_at=attempted_at(given(form.attempted_on.data), form.attempted_time.data),
        receipt_on=form.receipt_on.data,
        place=form.place.data or "",
        received_by=form.received_by.data or "",
        receiver_role=form.receiver_role.data or "",
        witness=form.witness.data or "",
        detail=form.detail.data or "",
        served_by=form.served_by.data or "",
        files=form.proof.kept,
    )


@bp.route("/<int:notice_id>/failed", methods=["GET", "POST"])
@requires(Permission.SERVE_NOTICE)
def failed(notice_id: int) -> ResponseReturnValue:
    notice = open_for(notice_id, NoticeVerb.SERVE)
    form = FailedForm(obj=notice)
    _hint(form, notice)

    def act(session: Session) -> Done:
        attempt = FailedAttempt(
            method=form.method.data,
            attempted_at=attempted_at(given(form.attempted_on.data), form.attempted_time.data),
            failure=form.failure.data or "",
            place=form.place.data or "",
            served_by=form.served_by.data or "",
            files=form.proof.kept,
        )
        service.record_failed_attempt(session, notice, attempt=attempt, **acting.today(form))
        return Done(_record(notice), Text("The failed attempt is recorded."))

    return answered(
        form,
        act,
        lambda: render_template("notices/failed.html", notice=notice, form=form),
    )


@bp.route("/<int:notice_id>/complete-announcement", methods=["GET", "POST"])
@requires(Permission.SERVE_NOTICE)
def complete_announcement(notice_id: int) -> ResponseReturnValue:
    notice = open_for(notice_id, NoticeVerb.SERVE)
    form = ApproveForm(obj=notice)
    calendar = _calendar(notice)
    running = queries.pending_announcement(notice)

    def act(session: Session) -> Done:
        service.complete_announcement(session, notice, calendar=calendar, **acting.today(form))
        return _served(notice)

    def page() -> str:
        until = queries.announced_until(running, calendar) if running else None
        return render_template(
            "notices/complete_announcement.html", notice=notice, form=form, until=until
        )

    return answered(form, act, page)


def _record(notice: Notice) -> str:
    return url_for("notices.show", notice_id=notice.id)

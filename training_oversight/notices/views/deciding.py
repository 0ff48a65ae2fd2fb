"""Approving, returning, and the two ways in which a notice ends."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import acting
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session
from training_oversight.notices import completeness, printed, service
from training_oversight.notices.forms import ApproveForm, ReasonForm, ReturnForm
from training_oversight.notices.models import Notice
from training_oversight.notices.views.blueprint import bp, open_for
from training_oversight.notices.workflow import NoticeState, NoticeVerb
from training_oversight.texts import Text
from training_oversight.web.components import Tone
from training_oversight.web.forms import OversightForm
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered


@bp.route("/<int:notice_id>/approve", methods=["GET", "POST"])
@requires(Permission.APPROVE_NOTICE)
def approve(notice_id: int) -> ResponseReturnValue:
    notice = open_for(notice_id, NoticeVerb.APPROVE)
    form, today = ApproveForm(obj=notice), clock.today()
    calendar = catalogue.working_calendar(current_session(), authority_id=notice.authority_id)

    def act(session: Session) -> Done:
        service.approve(session, notice, calendar=calendar, **acting.today(form))
        return Done(
            _record(notice),
            Text(
                "Issued as %(number)s. To be served by %(day)s.",
                number=notice.number,
                day=notice.service_due_on,
            ),
        )

    def page() -> str:
        lines = completeness.checked(current_session(), notice, today=today)
        known = [line.label for line in lines if line.tone is not Tone.GREEN]
        return _page(
            "notices/approve.html", notice, form, known=known, paper=printed.current(notice)
        )

    return answered(form, act, page)


@bp.route("/<int:notice_id>/return", methods=["GET", "POST"])
@requires(Permission.APPROVE_NOTICE)
def return_(notice_id: int) -> ResponseReturnValue:
    notice = open_for(notice_id, NoticeVerb.RETURN)
    form = ReturnForm(obj=notice)

    def act(session: Session) -> Done:
        service.return_(session, notice, note=form.note.data or "", **acting.by(form))
        return Done(_record(notice), Text("Returned to %(name)s.", name=notice.drafted_by.name))

    return answered(form, act, lambda: _page("notices/return.html", notice, form))


@bp.route("/<int:notice_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.DRAFT_NOTICE, Permission.APPROVE_NOTICE)
def withdraw(notice_id: int) -> ResponseReturnValue:
    notice = open_for(notice_id, NoticeVerb.WITHDRAW)
    form = ReasonForm(obj=notice)

    def act(session: Session) -> Done:
        service.withdraw(session, notice, reason=form.reason.data or "", **acting.today(form))
        return Done(_record(notice), Text("The notice is void."))

    return answered(
        form,
        act,
        lambda: _page(
            "notices/end.html",
            notice,
            form,
            title=Text("Void the notice"),
            verb=NoticeVerb.WITHDRAW.label,
            happens=_voided(notice),
            stays=Text("The problems stay on the ledger; a new notice can be drafted for them."),
            back=Text("Do not void"),
        ),
    )


def _voided(notice: Notice) -> Text:
    if notice.number and notice.state is NoticeState.APPROVED:
        return Text(
            "%(number)s is void. The number is not used again; the notice can still be read.",
            number=notice.number,
        )
    return Text("The draft is void and can no longer be submitted; it can still be read.")


@bp.route("/<int:notice_id>/revoke", methods=["GET", "POST"])
@requires(Permission.APPROVE_NOTICE)
def revoke(notice_id: int) -> ResponseReturnValue:
    notice = open_for(notice_id, NoticeVerb.REVOKE)
    form = ReasonForm(obj=notice)

    def act(session: Session) -> Done:
        service.revoke(session, notice, reason=form.reason.data or "", **acting.today(form))
        return Done(_record(notice), Text("The notice is revoked."))

    return answered(
        form,
        act,
        lambda: _page(
            "notices/end.html",
            notice,
            form,
            title=Text("Revoke the notice"),
            verb=NoticeVerb.REVOKE.label,
            happens=Text("%(number)s is revoked by the authority.", number=notice.number),
            stays=Text(
                "Deadlines that it set going, and an order to stop, stay until somebody changes "
                "them on the ledger and in the register."
            ),
            back=Text("Do not revoke"),
        ),
    )


def _record(notice: Notice) -> str:
    return url_for("notices.show", notice_id=notice.id)


def _page(template: str, notice: Notice, form: OversightForm, **more: object) -> str:
    return render_template(template, notice=notice, form=form, **more)

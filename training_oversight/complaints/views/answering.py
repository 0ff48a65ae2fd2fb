"""The answer: written, approved or sent back."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts import acting
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue.models import PhraseUse
from training_oversight.complaints import service
from training_oversight.complaints.forms import OWN, AnswerForm, PlainForm, ReasonForm, answer_form
from training_oversight.complaints.models import ComplaintAnswer
from training_oversight.complaints.service import Written
from training_oversight.complaints.views.blueprint import (
    bp,
    form_for,
    found,
    headed,
    page_of,
    phrases,
)
from training_oversight.complaints.workflow import ComplaintVerb
from training_oversight.texts import Text
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered, answered_on

V = ComplaintVerb


def _written(form: AnswerForm) -> Written:
    return Written(form.truth.data, form.reasons.data, form.words.data, form.own)


def _as_it_was(last: ComplaintAnswer | None) -> dict[str, object]:
    """What was written in the round before."""
    if last is None:
        return {}
    own = {f"{OWN}{one.complaint_id}": one.words for one in last.own}
    return {"truth": last.truth, "reasons": last.reasons, "words": last.words, **own}


@bp.route("/<int:complaint_id>/answer", methods=["GET", "POST"])
@requires(Permission.HANDLE_COMPLAINT)
def answer(complaint_id: int) -> ResponseReturnValue:
    """To the reporter at once, or to who approves it, as the kind of the order asks for."""
    complaint = found(complaint_id)
    verb = V.SUBMIT if complaint.needs_approval else V.ANSWER
    acting.opening(complaint, verb)
    last = complaint.answer
    form = form_for(
        answer_form(complaint.merged),
        complaint,
        **_as_it_was(last),
    )

    def act(session: Session) -> Done:
        step = service.submit if complaint.needs_approval else service.answer
        step(session, complaint, _written(form), kept=form.files.kept, **acting.today(form))
        if complaint.needs_approval:
            return Done(page_of(complaint), Text("The answer waits for approval."))
        return Done(page_of(complaint), Text("Answered; the desk calls back."))

    return answered(
        form,
        act,
        lambda: render_template(
            "complaints/answer.html",
            form=form,
            last=last,
            phrases=phrases(PhraseUse.ANSWER),
            **headed(verb.label, complaint),
        ),
    )


@bp.route("/<int:complaint_id>/settle", methods=["GET", "POST"])
@requires(Permission.ASSIGN_COMPLAINT)
def settle(complaint_id: int) -> ResponseReturnValue:
    """The desk answers what needs no department, on the telephone for instance."""
    complaint = found(complaint_id)
    acting.opening(complaint, V.SETTLE)
    form = form_for(answer_form(complaint.merged), complaint)

    def act(session: Session) -> Done:
        service.settle(
            session, complaint, _written(form), kept=form.files.kept, **acting.today(form)
        )
        return Done(page_of(complaint), Text("Answered by the desk."))

    return answered_on(
        form,
        act,
        "complaints/answer.html",
        last=None,
        phrases=phrases(PhraseUse.ANSWER),
        **headed(V.SETTLE.label, complaint),
    )


@bp.route("/<int:complaint_id>/approve", methods=["GET", "POST"])
@requires(Permission.DECIDE_COMPLAINT)
def approve(complaint_id: int) -> ResponseReturnValue:
    complaint = found(complaint_id)
    acting.opening(complaint, V.APPROVE)
    form = form_for(PlainForm, complaint)

    def act(session: Session) -> Done:
        service.approve(session, complaint, **acting.today(form))
        return Done(page_of(complaint), Text("Approved; the desk calls back."))

    return answered_on(form, act, "complaints/approve.html", **headed(V.APPROVE.label, complaint))


@bp.route("/<int:complaint_id>/return", methods=["GET", "POST"])
@requires(Permission.DECIDE_COMPLAINT)
def give_back(complaint_id: int) -> ResponseReturnValue:
    complaint = found(complaint_id)
    acting.opening(complaint, V.RETURN)
    form = form_for(ReasonForm, complaint)

    def act(session: Session) -> Done:
        service.return_(session, complaint, reason=form.reason.data, **acting.by(form))
        return Done(page_of(complaint), Text("Sent back to the department; the limit runs on."))

    return answered_on(form, act, "complaints/approve.html", **headed(V.RETURN.label, complaint))

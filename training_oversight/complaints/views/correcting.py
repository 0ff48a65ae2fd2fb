"""更正工单: what was typed of a call is put right, and what stood there stays readable."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.complaints import queries, service
from training_oversight.complaints.forms import CorrectForm
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.service import Right
from training_oversight.complaints.views import matter
from training_oversight.complaints.views.blueprint import bp, form_for, found, headed, page_of
from training_oversight.errors import BadInput, NotPermitted
from training_oversight.places import Datum
from training_oversight.texts import Text
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered

VERB = Text("Put the order right")


@bp.route("/<int:complaint_id>/correct", methods=["GET", "POST"])
@requires(Permission.ASSIGN_COMPLAINT, Permission.LOG_COMPLAINT)
def correct(complaint_id: int) -> ResponseReturnValue:
    complaint = found(complaint_id)
    if not queries.may_correct(current_officer(), complaint):
        raise NotPermitted(service.ONLY_CORRECTS)
    if request.method == "GET":
        service.check_correctable(current_officer(), complaint)
    form = form_for(CorrectForm, complaint, **_as_it_stands(complaint))
    matter.offer(form, kept=complaint)

    def act(session: Session) -> Done:
        right = _right(session, form, complaint)
        service.correct(session, complaint, right, reason=form.reason.data, **acting.today(form))
        return Done(page_of(complaint), Text("Put right; what stood there is in the history."))

    def page() -> str:
        return render_template(
            "complaints/correct.html",
            form=form,
            beside=matter.beside(form, without=complaint),
            **matter.map_of(form),
            beside_url=url_for(".beside_page", correcting=complaint.id),
            **headed(VERB, complaint),
        )

    if request.form.get("look"):
        return page()
    return answered(form, act, page)


def _as_it_stands(complaint: Complaint) -> dict[str, object]:
    position = complaint.position
    return {
        "place": complaint.place or complaint.where,
        "institution": str(complaint.institution_id or ""),
        "position": str(position) if position else "",
        "datum": Datum.WGS84 if position else None,
        "township": complaint.division.code,
        "kind": complaint.kind,
        "violation": complaint.violation_code or "",
        "words": complaint.words,
        "happened": complaint.happened,
        "wanted": complaint.wanted,
    }


def _right(session: Session, form: CorrectForm, complaint: Complaint) -> Right:
    wrong = matter.nowhere(form)
    if wrong:
        raise BadInput(wrong["township"], wrong)
    chosen = matter.institution(form.institution.data)
    typed = form.place.data or ""
    # The name that was put into the field describes nothing beyond the record.
    described = "" if chosen is not None and typed == chosen.name else typed
    return Right(
        kind=form.kind.data,
        words=form.words.data,
        division=matter.township(session, form) or complaint.division,
        institution=chosen,
        place=described,
        position=form.pinned(),
        violation_code=form.violation.data or None,
        happened=form.happened.data or "",
        wanted=form.wanted.data or "",
    )

"""Proposing a reward, on the page of the report."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.complaints import queries as complaints
from training_oversight.database import current_session
from training_oversight.errors import Blocked, NotPermitted
from training_oversight.rewards import presenting, rules, service
from training_oversight.rewards.forms import ProposeForm
from training_oversight.rewards.service.proposing import ONLY
from training_oversight.rewards.views.blueprint import bp, page_of, screened
from training_oversight.texts import Text
from training_oversight.web.forms import given
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered_on


@bp.route("/propose/<int:complaint_id>", methods=["GET", "POST"])
@requires(Permission.HANDLE_COMPLAINT)
def propose(complaint_id: int) -> ResponseReturnValue:
    session, officer = current_session(), current_officer()
    complaint = complaints.complaint_for(session, officer, complaint_id)
    if not service.may_propose(officer, complaint):
        raise NotPermitted(ONLY)
    if request.method == "GET":
        for sentence in service.obstacles(session, complaint):
            raise Blocked(sentence)
    form = screened(ProposeForm, complaint, complaint.version)

    def act(session: Session) -> Done:
        made = service.propose(
            session,
            complaint,
            fen=given(form.fen.data),
            reason=form.reason.data,
            **acting.today(form),
        )
        return Done(
            page_of(made),
            Text("%(number)s is proposed; somebody else approves it.", number=made.number),
        )

    return answered_on(
        form,
        act,
        "rewards/propose.html",
        complaint=complaint,
        ruled=presenting.said(rules.of(session, complaint.authority_id)),
        back=url_for("complaints.show", complaint_id=complaint.id),
    )

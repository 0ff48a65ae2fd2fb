"""Call-backs, closing, handling it again, and what is linked to an order."""

from __future__ import annotations

from datetime import date
from typing import cast

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts import acting
from training_oversight.accounts.permissions import Permission
from training_oversight.complaints import presenting, queries, service
from training_oversight.complaints.forms import (
    CHOOSE,
    AgainForm,
    CallForm,
    PlainForm,
    PlatformForm,
    VisitForm,
)
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.views.blueprint import (
    bp,
    form_for,
    found,
    handled,
    headed,
    page_of,
)
from training_oversight.complaints.workflow import ComplaintState, ComplaintVerb
from training_oversight.database import current_session
from training_oversight.errors import NotFound, WrongState
from training_oversight.inspections.models import Visit
from training_oversight.texts import Text
from training_oversight.web.choices import listed
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered_on

V = ComplaintVerb


@bp.route("/<int:complaint_id>/call", methods=["GET", "POST"])
@requires(Permission.ASSIGN_COMPLAINT)
def call(complaint_id: int) -> ResponseReturnValue:
    """Of the order's own reporter, or of one whose call was merged into it."""
    complaint = found(complaint_id)
    reporter = _reporter(complaint)
    form = form_for(CallForm, complaint)

    def act(session: Session) -> Done:
        service.call_back(
            session,
            complaint,
            reporter,
            satisfaction=form.satisfaction.data,
            called_by=form.called_by.data,
            remark=form.remark.data,
            called_on=cast(date, form.called_on.data),
            **acting.today(form),
        )
        return Done(page_of(complaint), _said(complaint))

    return answered_on(
        form,
        act,
        "complaints/call.html",
        reporter=reporter,
        **headed(Text("Call back"), complaint),
    )


def _reporter(complaint: Complaint) -> Complaint:
    """The one of the address, else the first who was not called yet."""
    if complaint.state is not ComplaintState.ANSWERED:
        raise WrongState(Text("Reporters are called back once the order is answered."))
    wanted = request.args.get("reporter", "")
    every = [complaint, *complaint.merged]
    if wanted:
        chosen = [one for one in every if str(one.id) == wanted]
        if not chosen:
            raise NotFound
        return chosen[0]
    return next(iter([*complaint.to_call_back, complaint]))


def _said(complaint: Complaint) -> Text:
    if complaint.proposals:
        return Text(
            "Recorded. The reporter is not satisfied: the section head decides whether it is "
            "handled again."
        )
    left = len(complaint.to_call_back)
    if left:
        return Text("Recorded; %(count)s more to call.", count=left)
    return Text("Recorded; the order can be closed.")


@bp.route("/<int:complaint_id>/close", methods=["GET", "POST"])
@requires(Permission.ASSIGN_COMPLAINT)
def close(complaint_id: int) -> ResponseReturnValue:
    complaint = found(complaint_id)
    acting.opening(complaint, V.CLOSE)
    form = form_for(PlainForm, complaint)

    def act(session: Session) -> Done:
        service.close(session, complaint, **acting.today(form))
        return Done(page_of(complaint), Text("%(number)s is closed.", number=complaint.number))

    return answered_on(form, act, "complaints/approve.html", **headed(V.CLOSE.label, complaint))


AGAIN = ("again", Text("Handle it again, with a new limit"))
STANDS = ("stands", Text("The answer stands"))


@bp.route("/<int:complaint_id>/again", methods=["GET", "POST"])
@requires(Permission.DECIDE_COMPLAINT)
def again(complaint_id: int) -> ResponseReturnValue:
    """Who is not satisfied proposes it; the desk's head decides."""
    complaint = found(complaint_id)
    verb = _verb(complaint)
    acting.opening(complaint, verb)
    form = form_for(AgainForm, complaint)
    form.decision.choices = listed([AGAIN, STANDS] if complaint.proposals else [AGAIN])

    def act(session: Session) -> Done:
        if form.decision.data == STANDS[0]:
            service.leave(session, complaint, reason=form.reason.data, **acting.today(form))
            return Done(page_of(complaint), Text("The answer stands; the desk can close it."))
        service.redo(session, complaint, verb, reason=form.reason.data, **acting.today(form))
        return Done(
            page_of(complaint),
            Text("It is handled again; the answer is owed by %(day)s.", day=complaint.due_on),
        )

    return answered_on(form, act, "complaints/again.html", **headed(verb.label, complaint))


def _verb(complaint: Complaint) -> ComplaintVerb:
    if complaint.department_id is None:
        return V.TAKE_UP
    return V.REOPEN if complaint.state is ComplaintState.CLOSED else V.REDO


@bp.route("/<int:complaint_id>/visits", methods=["GET", "POST"])
@requires(Permission.HANDLE_COMPLAINT, Permission.ASSIGN_COMPLAINT)
def link(complaint_id: int) -> ResponseReturnValue:
    """Which visit looked into it. On the visit nothing of the complaint is said."""
    complaint = found(complaint_id)
    handled(complaint)
    form = form_for(VisitForm, complaint)
    offered = queries.visits_to_link(current_session(), complaint)
    form.visit.choices = listed(
        [CHOOSE, *((one.id, presenting.visit_words(one)) for one in offered)]
    )

    def act(session: Session) -> Done:
        visit = session.get(Visit, form.visit.data)
        if visit is None:
            raise NotFound
        service.link_visit(session, complaint, visit, **acting.by(form))
        return Done(page_of(complaint), Text("The visit is linked."))

    return answered_on(form, act, "complaints/step.html", **headed(Text("Link a visit"), complaint))


@bp.route("/<int:complaint_id>/platform", methods=["GET", "POST"])
@requires(Permission.ASSIGN_COMPLAINT)
def platform(complaint_id: int) -> ResponseReturnValue:
    complaint = found(complaint_id)
    form = form_for(PlatformForm, complaint, on=complaint.platform_on)

    def act(session: Session) -> Done:
        service.mark_platform(session, complaint, cast(date, form.on.data), **acting.today(form))
        return Done(page_of(complaint), Text("Marked as entered on the national platform."))

    return answered_on(
        form,
        act,
        "complaints/step.html",
        **headed(Text("Entered on the national platform"), complaint),
    )

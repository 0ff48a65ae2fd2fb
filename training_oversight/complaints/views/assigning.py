"""Accepting, declining, assigning and merging; an objection and its decision."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms.fields.choices import SelectChoice

from training_oversight import clock
from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.complaints import presenting, queries, service, suggesting
from training_oversight.complaints.forms import (
    CHOOSE,
    AssignForm,
    DecideForm,
    DeclineForm,
    HandForm,
    MergeForm,
    ObjectForm,
    PlainForm,
    UrgeForm,
)
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.views.blueprint import (
    bp,
    department,
    departments,
    form_for,
    found,
    handled,
    headed,
    officer,
    page_of,
)
from training_oversight.complaints.workflow import ComplaintVerb
from training_oversight.database import current_session
from training_oversight.errors import BadInput
from training_oversight.texts import Text
from training_oversight.web.choices import listed
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered, answered_on

V = ComplaintVerb


@bp.route("/<int:complaint_id>/accept", methods=["GET", "POST"])
@requires(Permission.ASSIGN_COMPLAINT)
def accept(complaint_id: int) -> ResponseReturnValue:
    complaint = found(complaint_id)
    acting.opening(complaint, V.ACCEPT)
    form = form_for(PlainForm, complaint)

    def act(session: Session) -> Done:
        service.accept(session, complaint, **acting.today(form))
        return Done(
            page_of(complaint),
            Text("Accepted; the answer is owed by %(day)s.", day=complaint.due_on),
        )

    return answered_on(form, act, "complaints/step.html", **headed(V.ACCEPT.label, complaint))


@bp.route("/<int:complaint_id>/decline", methods=["GET", "POST"])
@requires(Permission.ASSIGN_COMPLAINT)
def decline(complaint_id: int) -> ResponseReturnValue:
    complaint = found(complaint_id)
    acting.opening(complaint, V.DECLINE)
    form = form_for(DeclineForm, complaint)

    def act(session: Session) -> Done:
        service.decline(
            session,
            complaint,
            reason=form.reason.data,
            words=form.words.data or "",
            **acting.today(form),
        )
        return Done(page_of(complaint), Text("Not accepted; the reason is in the history."))

    return answered_on(
        form, act, "complaints/step.html", danger=True, **headed(V.DECLINE.label, complaint)
    )


@bp.route("/<int:complaint_id>/assign", methods=["GET", "POST"])
@requires(Permission.ASSIGN_COMPLAINT)
def assign(complaint_id: int) -> ResponseReturnValue:
    """What the department reads is written here; the reporter's own words do not leave the desk."""
    complaint = found(complaint_id)
    acting.opening(complaint, V.ASSIGN)
    form = form_for(AssignForm, complaint, account=complaint.account)
    form.department_id.choices = departments(complaint)
    form.helpers.choices = departments(complaint)[1:]
    form.handler_id.choices = _handlers(complaint)

    def act(session: Session) -> Done:
        handler = officer(session, form.handler_id.data)
        service.assign(
            session,
            complaint,
            department=department(session, form.department_id.data),
            handler=handler,
            helpers=[department(session, key) for key in form.helpers.data or []],
            account=form.account.data,
            **acting.today(form),
        )
        return Done(page_of(complaint), _assigned(complaint, handler))

    def page() -> str:
        session, today = current_session(), clock.today()
        rule = queries.raising(session, complaint.authority_id, today=today)
        return render_template(
            "complaints/assign.html",
            form=form,
            hints=suggesting.suggestions(session, complaint, today=today),
            raised=queries.raised(session, [complaint.id], rule).get(complaint.id),
            showing=presenting,
            **headed(V.ASSIGN.label, complaint),
        )

    return answered(form, act, page)


def _assigned(complaint: Complaint, handler: Officer | None) -> Text:
    owner = complaint.department.name if complaint.department else ""
    if handler is None:
        return Text("Assigned to %(name)s.", name=owner)
    return Text("Assigned to %(name)s, %(handler)s handles it.", name=owner, handler=handler.name)


def _handlers(complaint: Complaint) -> list[SelectChoice]:
    """Everybody in the county who may handle an order, under the name of the department."""
    held = queries.handlers(current_session(), complaint.authority_id, today=clock.today())
    return listed([CHOOSE, *((one.id, f"{one.department.name}·{one.name}") for one in held)])


@bp.route("/<int:complaint_id>/handler", methods=["GET", "POST"])
@requires(Permission.ASSIGN_COMPLAINT, Permission.DECIDE_COMPLAINT)
def hand(complaint_id: int) -> ResponseReturnValue:
    complaint = found(complaint_id)
    handled(complaint)
    form = form_for(HandForm, complaint, handler_id=complaint.handler_id)
    held = queries.handlers(
        current_session(),
        complaint.authority_id,
        today=clock.today(),
        department=complaint.department,
    )
    form.handler_id.choices = listed(
        [("", Text("Everybody of the department")), *((one.id, one.name) for one in held)]
    )

    def act(session: Session) -> Done:
        service.hand(
            session, complaint, officer(session, form.handler_id.data), **acting.today(form)
        )
        return Done(page_of(complaint), Text("The handler is named."))

    return answered_on(
        form, act, "complaints/step.html", **headed(Text("Name the handler"), complaint)
    )


@bp.route("/<int:complaint_id>/merge", methods=["GET", "POST"])
@requires(Permission.ASSIGN_COMPLAINT)
def merge(complaint_id: int) -> ResponseReturnValue:
    """Into another order about the same; every reporter keeps an own code and call-back."""
    complaint = found(complaint_id)
    acting.opening(complaint, V.MERGE)
    form = form_for(MergeForm, complaint)

    def act(session: Session) -> Done:
        into = queries.by_number(session, current_officer(), form.into.data)
        if into is None:
            sentence = Text("There is no order with the number %(number)s.", number=form.into.data)
            raise BadInput(sentence, {"into": sentence})
        service.merge(session, complaint, into, **acting.by(form))
        return Done(
            page_of(into),
            Text(
                "%(number)s was merged into this order; its reporter keeps an own code and "
                "call-back.",
                number=complaint.number,
            ),
        )

    def page() -> str:
        similar = queries.similar(
            current_session(),
            current_officer(),
            institution_id=complaint.institution_id,
            place=complaint.place,
            position=complaint.position,
            without=complaint.id,
        )
        return render_template(
            "complaints/merge.html",
            form=form,
            similar=similar,
            **headed(V.MERGE.label, complaint),
        )

    return answered(form, act, page)


@bp.route("/<int:complaint_id>/object", methods=["GET", "POST"])
@requires(Permission.HANDLE_COMPLAINT)
def object_(complaint_id: int) -> ResponseReturnValue:
    complaint = found(complaint_id)
    acting.opening(complaint, V.OBJECT)
    form = form_for(ObjectForm, complaint)
    form.department_id.choices = departments(complaint, without=complaint.department_id)

    def act(session: Session) -> Done:
        service.object_(
            session,
            complaint,
            ground=form.ground.data,
            department=department(session, form.department_id.data),
            **acting.today(form),
        )
        return Done(
            page_of(complaint),
            Text("The objection waits for the section head; the limit runs on meanwhile."),
        )

    return answered_on(
        form,
        act,
        "complaints/step.html",
        explains=Text("An objection is decided once; the limit runs on meanwhile."),
        **headed(V.OBJECT.label, complaint),
    )


@bp.route("/<int:complaint_id>/decide", methods=["GET", "POST"])
@requires(Permission.DECIDE_COMPLAINT)
def decide(complaint_id: int) -> ResponseReturnValue:
    complaint = found(complaint_id)
    acting.opening(complaint, V.DECIDE)
    form = form_for(DecideForm, complaint)
    form.department_id.choices = departments(complaint)

    def act(session: Session) -> Done:
        service.decide(
            session,
            complaint,
            department=department(session, form.department_id.data),
            reason=form.reason.data,
            **acting.today(form),
        )
        owner = complaint.department.name if complaint.department else ""
        return Done(page_of(complaint), Text("Decided: %(name)s owns the order.", name=owner))

    return answered_on(
        form,
        act,
        "complaints/step.html",
        explains=Text("The decision is final; the next department cannot object again."),
        **headed(V.DECIDE.label, complaint),
    )


@bp.route("/<int:complaint_id>/urge", methods=["GET", "POST"])
@requires(Permission.ASSIGN_COMPLAINT, Permission.DECIDE_COMPLAINT)
def urge(complaint_id: int) -> ResponseReturnValue:
    complaint = found(complaint_id)
    handled(complaint)
    form = form_for(UrgeForm, complaint)

    def act(session: Session) -> Done:
        service.urge(session, complaint, note=form.note.data, **acting.by(form))
        return Done(page_of(complaint), Text("Urged; it is in the history of the order."))

    return answered_on(
        form, act, "complaints/step.html", **headed(Text("Urge the department"), complaint)
    )

"""A closing event: opening it, its running total, ending it."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import queries as history
from training_oversight.database import current_session
from training_oversight.refunds import codes, next_steps, presenting, queries, service
from training_oversight.refunds.forms import ConclusionForm, EventForm, ReasonForm
from training_oversight.refunds.models import RefundWay
from training_oversight.refunds.views.blueprint import bp, form_for, institution_asked_for
from training_oversight.refunds.workflow import EventState, EventVerb
from training_oversight.texts import Text
from training_oversight.web.forms import given
from training_oversight.web.marks import requires
from training_oversight.web.messages import flash
from training_oversight.web.steps import Done, answered_on


@bp.route("/events/<int:event_id>")
@requires(Permission.VIEW_REFUNDS)
def event(event_id: int) -> ResponseReturnValue:
    session, officer = current_session(), current_officer()
    found = queries.event_for(session, officer, event_id)
    balances = queries.balances(session, found.id)
    return render_template(
        "refunds/event.html",
        event=found,
        totals=queries.totals(session, [found.id])[found.id],
        ways=RefundWay,
        balances=balances,
        balance=balances[0] if balances else None,
        announcements=queries.announcements(session, found.id),
        moves=next_steps.event_moves(found, officer),
        history=presenting.event_history(history.history(session, found)),
        code=codes.shown(found.code),
        may_enter=officer.may(Permission.ENTER_REFUND),
        may_manage=officer.may(Permission.MANAGE_REFUND),
        is_open=found.state == EventState.OPEN,
        showing=presenting,
    )


@bp.route("/events/new", methods=["GET", "POST"])
@requires(Permission.ENTER_REFUND)
def open_event() -> ResponseReturnValue:
    session, officer = current_session(), current_officer()
    place = institution_asked_for(session)
    standing = queries.open_event_of(session, place.id)
    form = EventForm()
    if standing is not None and not form.is_submitted():
        flash(Text("This institution has an event already; it is this one."), "know")
        return redirect(url_for(".event", event_id=standing.id))

    def act(session: Session) -> Done:
        made = service.open_event(
            session,
            place,
            happened_on=given(form.happened_on.data),
            summary=form.summary.data,
            by=officer,
            today=clock.today(),
        )
        return Done(
            url_for(".event", event_id=made.id),
            Text("%(number)s is open; families can be entered.", number=made.number),
        )

    return answered_on(form, act, "refunds/open_event.html", institution=place)


@bp.route("/events/<int:event_id>/close", methods=["GET", "POST"])
@requires(Permission.MANAGE_REFUND)
def close_event(event_id: int) -> ResponseReturnValue:
    found = queries.event_for(current_session(), current_officer(), event_id)
    acting.opening(found, EventVerb.CLOSE)
    form = form_for(ConclusionForm, found)

    def act(session: Session) -> Done:
        service.close_event(session, found, conclusion=form.conclusion.data, **acting.today(form))
        return Done(
            url_for(".event", event_id=found.id), Text("%(number)s is ended.", number=found.number)
        )

    return answered_on(
        form,
        act,
        "refunds/event_step.html",
        event=found,
        happens=Text("No family can sign up or be entered any more."),
        stays=Text("What is owed stays owed; payments are recorded as before."),
        verb=EventVerb.CLOSE.label,
        danger=True,
    )


@bp.route("/events/<int:event_id>/reopen", methods=["GET", "POST"])
@requires(Permission.MANAGE_REFUND)
def reopen_event(event_id: int) -> ResponseReturnValue:
    found = queries.event_for(current_session(), current_officer(), event_id)
    acting.opening(found, EventVerb.REOPEN)
    form = form_for(ReasonForm, found)

    def act(session: Session) -> Done:
        service.reopen_event(session, found, reason=form.reason.data, **acting.by(form))
        return Done(
            url_for(".event", event_id=found.id),
            Text("%(number)s is open; families can be entered.", number=found.number),
        )

    return answered_on(
        form,
        act,
        "refunds/event_step.html",
        event=found,
        happens=Text("Families can sign up and be entered again."),
        verb=EventVerb.REOPEN.label,
    )

"""Entering a refund at the counter, looking through what a family signed up, correcting it."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.complaints import queries as complaints
from training_oversight.database import current_session
from training_oversight.errors import NotFound
from training_oversight.inspections.models import Finding
from training_oversight.inspections.queries import places
from training_oversight.names.typed import LONGEST
from training_oversight.refunds import presenting, queries, service
from training_oversight.refunds.drafts import RefundDraft
from training_oversight.refunds.families import Family
from training_oversight.refunds.forms import ContractForm, RefundForm
from training_oversight.refunds.models import Refund
from training_oversight.refunds.service import Belongs
from training_oversight.refunds.views.blueprint import (
    bp,
    choices,
    chosen,
    contract_of,
    form_for,
    formulas,
    institution_asked_for,
)
from training_oversight.refunds.workflow import RefundVerb
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered_on


@bp.route("/where")
@requires(Permission.ENTER_REFUND)
def where() -> ResponseReturnValue:
    """The page before the form: at which institution."""
    words = request.args.get("q", "").strip()[:LONGEST]
    found = places(current_session(), words, current_officer()) if words else []
    return render_template("refunds/where.html", words=words, found=found)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.ENTER_REFUND)
def new() -> ResponseReturnValue:
    if "institution" not in request.args:
        return redirect(url_for(".where"))
    session, officer = current_session(), current_officer()
    place = institution_asked_for(session)
    belongs = _belongs(session, place)
    known = formulas(place.authority_id)
    form = RefundForm()
    form.formula_id.choices = choices(known)

    def act(session: Session) -> Done:
        family = Family(form.phone.data, form.parent.data, form.pupil.data)
        used = chosen(known, form.formula_id.data)
        made = service.enter(
            session,
            place,
            RefundDraft(family, contract_of(form), used, form.course.data),
            belongs=belongs,
            by=officer,
            today=clock.today(),
        )
        return Done(
            url_for(".show", refund_id=made.id),
            Text(
                "%(number)s is entered; due are %(due)s by the formula.",
                number=made.number,
                due=presenting.amount(made.computed_fen),
            ),
        )

    return answered_on(form, act, "refunds/new.html", institution=place, belongs=belongs)


def _belongs(session: Session, place: Institution) -> Belongs:
    """What the address names: an event that runs here, what a visit found or somebody told."""
    event = request.args.get("event", 0, type=int)
    told = request.args.get("complaint", 0, type=int)
    key = request.args.get("finding", 0, type=int)
    finding = session.get(Finding, key) if key else None
    if key and finding is None:
        raise NotFound
    running = queries.event_for(session, current_officer(), event) if event else None
    complaint = complaints.complaint_for(session, current_officer(), told) if told else None
    belongs = Belongs(running, finding, complaint)
    if any(one.institution_id != place.id for one in belongs.records):
        raise NotFound
    return belongs


def _contract_form(refund: Refund) -> ContractForm:
    return form_for(
        ContractForm,
        refund,
        course=refund.course,
        contract=refund.contract_fen,
        bought=refund.bought,
        given=refund.given,
        used=refund.used,
        formula_id=refund.formula_id,
    )


@bp.route("/<int:refund_id>/check", methods=["GET", "POST"])
@requires(Permission.ENTER_REFUND)
def check(refund_id: int) -> ResponseReturnValue:
    refund = queries.refund_for(current_session(), current_officer(), refund_id)
    acting.opening(refund, RefundVerb.CHECK)
    form = _contract_form(refund)
    known = formulas(refund.authority_id)
    form.formula_id.choices = choices(known)

    def act(session: Session) -> Done:
        service.check(
            session,
            refund,
            contract_of(form),
            chosen(known, form.formula_id.data),
            course=form.course.data,
            **acting.by(form),
        )
        return Done(
            url_for(".show", refund_id=refund.id),
            Text("The figures of %(number)s are checked.", number=refund.number),
        )

    return answered_on(
        form, act, "refunds/figures.html", refund=refund, verb=RefundVerb.CHECK.label
    )


@bp.route("/<int:refund_id>/correct", methods=["GET", "POST"])
@requires(Permission.ENTER_REFUND)
def correct(refund_id: int) -> ResponseReturnValue:
    refund = queries.refund_for(current_session(), current_officer(), refund_id)
    form = _contract_form(refund)
    known = formulas(refund.authority_id)
    form.formula_id.choices = choices(known)

    def act(session: Session) -> Done:
        service.correct(
            session,
            refund,
            contract_of(form),
            chosen(known, form.formula_id.data),
            course=form.course.data,
            **acting.by(form),
        )
        return Done(
            url_for(".show", refund_id=refund.id),
            Text("The figures of %(number)s are corrected.", number=refund.number),
        )

    return answered_on(
        form, act, "refunds/figures.html", refund=refund, verb=Text("Correct the figures")
    )

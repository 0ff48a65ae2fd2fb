"""From a finding to a number on the ledger, and a re-inspection of what is open."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms.fields.choices import SelectChoice

from training_oversight import clock
from training_oversight.accounts import acting
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session
from training_oversight.inspections import queries as inspections
from training_oversight.inspections.models import Finding
from training_oversight.inspections.workflow import FindingState
from training_oversight.ledger import forms, queries, service
from training_oversight.ledger.views.blueprint import bp
from training_oversight.texts import Text
from training_oversight.web.forms import given, options
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered, answered_on


@bp.route("/register")
@requires(Permission.REGISTER_ITEM)
def pending() -> ResponseReturnValue:
    """What 转入台账 begins with: findings that nobody has decided about."""
    found = queries.pending_findings(current_session(), current_officer().scope)
    return render_template("ledger/pending.html", findings=found)


@bp.route("/register/<int:finding_id>", methods=["GET", "POST"])
@requires(Permission.REGISTER_ITEM)
def register(finding_id: int) -> ResponseReturnValue:
    officer = current_officer()
    finding = inspections.finding(current_session(), finding_id, officer.scope)
    form = forms.RegisterForm(data=_proposed(finding))
    form.officer_in_charge_id.offer(in_charge(officer))
    _say_known(form, finding)

    def act(session: Session) -> Done:
        item = service.register(
            session,
            finding,
            measure=form.measure.data or "",
            responsible_party=form.responsible_party.data or "",
            responsible_person=form.responsible_person.data or "",
            officer_in_charge=session.get(Officer, given(form.officer_in_charge_id.data)),
            limit=form.given(),
            calendar=catalogue.working_calendar(session, authority_id=finding.authority_id),
            **acting.today(form),
        )
        return Done(
            url_for("ledger.show", item_id=item.id),
            Text("On the ledger as %(number)s.", number=item.number),
        )

    def page() -> str:
        decided = finding.state != FindingState.PENDING
        return render_template("ledger/register.html", form=form, finding=finding, decided=decided)

    return answered(form, act, page)


def _proposed(finding: Finding) -> dict[str, object]:
    """What is asked follows from the finding; who answers for it and from when does not."""
    return {
        "measure": finding.violation_type.measure,
        "responsible_party": finding.institution.name,
        "version": finding.version,
    }


def _say_known(form: forms.RegisterForm, finding: Finding) -> None:
    """What is on file of the institution stands beside the fields, not in them."""
    place = finding.institution
    if place.responsible_person:
        form.responsible_person.description = Text(
            "The register names %(name)s.", name=place.responsible_person
        )
    if place.officer_in_charge is not None:
        form.officer_in_charge_id.description = Text(
            "Follows it up; somebody else verifies. In charge of the institution: %(name)s.",
            name=place.officer_in_charge.name,
        )


def in_charge(officer: Officer) -> list[SelectChoice]:
    """The same, or nobody yet."""
    return [*forms.NOBODY, *responsible(officer)]


def responsible(officer: Officer) -> list[SelectChoice]:
    """Who may be responsible for following an item up."""
    found = accounts.colleagues(
        current_session(),
        officer.scope,
        today=clock.today(),
        permission=Permission.MANAGE_ITEM,
    )
    return forms.people(found)


@bp.route("/reinspection/<int:institution_id>", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def plan(institution_id: int) -> ResponseReturnValue:
    session, officer, today = current_session(), current_officer(), clock.today()
    institution = queries.institution(session, officer.scope, institution_id)
    still_open = queries.open_for_reinspection(session, institution.id)
    form = forms.PlanForm(data={"items": [one.id for one in still_open]})
    inspectors = accounts.colleagues(
        session, officer.scope, today=today, permission=Permission.LOG_VISIT
    )
    form.officers.choices = forms.people(inspectors)
    form.items.choices = options((one.id, f"{one.number} {one.title}") for one in still_open)

    def act(session: Session) -> Done:
        visit = service.plan_reinspection(
            session,
            institution,
            items=[one for one in still_open if one.id in form.items.data],
            officers=[one for one in inspectors if one.id in form.officers.data],
            planned_on=given(form.planned_on.data),
            purpose=form.purpose.data or "",
            by=officer,
            today=today,
        )
        return Done(
            url_for("inspections.show", visit_id=visit.id),
            Text("Re-inspection planned for %(day)s.", day=form.planned_on.data),
        )

    return answered_on(form, act, "ledger/plan.html", institution=institution, items=still_open)

"""Following a lead, handing it on, setting it aside, taking it up again."""

from __future__ import annotations

from collections.abc import Sequence

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import acting
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Department, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.leads import presenting, service
from training_oversight.leads.forms import FollowForm, HandOnForm, PressForm, ReasonForm
from training_oversight.leads.models import Lead
from training_oversight.leads.views.blueprint import bp, found, page_of
from training_oversight.leads.workflow import LeadVerb
from training_oversight.texts import Text
from training_oversight.web.choices import listed
from training_oversight.web.forms import given
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered_on, pressed

ENTERS = Text(
    "A visit is planned and both pages lead to one another. A place that is only described enters "
    "the register by it; whether it has a permit stays open until the visit."
)


@bp.route("/<int:lead_id>/follow", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def follow(lead_id: int) -> ResponseReturnValue:
    lead = found(lead_id)
    acting.opening(lead, LeadVerb.FOLLOW)
    form = FollowForm(data={"version": lead.version})
    form.officers.choices = listed((one.id, _described(one)) for one in _inspectors())

    def act(session: Session) -> Done:
        return _followed(
            session,
            lead,
            planned_on=given(form.planned_on.data),
            officers=[session.get_one(Officer, key) for key in form.officers.data or ()],
            **acting.today(form),
        )

    return answered_on(form, act, "leads/step.html", **_words(lead, LeadVerb.FOLLOW, ENTERS))


@bp.route("/<int:lead_id>/follow/today", methods=["POST"])
@requires(Permission.LOG_VISIT)
def follow_today(lead_id: int) -> ResponseReturnValue:
    """One press: who presses it inspects today."""
    lead, form, officer = found(lead_id), PressForm(), current_officer()

    def act(session: Session) -> Done:
        return _followed(
            session, lead, planned_on=clock.today(), officers=[officer], **acting.today(form)
        )

    return pressed(form, act, back=page_of(lead))


def _followed(session: Session, lead: Lead, **said: object) -> Done:
    service.follow(session, lead, **said)  # type: ignore[arg-type]
    return Done(page_of(lead), Text("The visit is planned; it stands below."))


def _inspectors() -> Sequence[Officer]:
    return accounts.colleagues(
        current_session(),
        current_officer().scope,
        today=clock.today(),
        permission=Permission.LOG_VISIT,
    )


def _described(officer: Officer) -> Text:
    if officer.certificate_number:
        number = officer.certificate_number
        return Text("%(name)s, certificate %(number)s", name=officer.name, number=number)
    return Text("%(name)s, no certificate", name=officer.name)


@bp.route("/<int:lead_id>/hand-on", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def hand_on(lead_id: int) -> ResponseReturnValue:
    lead = found(lead_id)
    acting.opening(lead, LeadVerb.HAND_ON)
    form = HandOnForm(data={"version": lead.version})
    held = accounts.departments(current_session(), lead.authority_id)
    form.department.offer(listed((one.id, one.name) for one in held))

    def act(session: Session) -> Done:
        to = session.get_one(Department, given(form.department.data))
        service.hand_on(session, lead, to=to, note=form.note.data or "", **acting.today(form))
        said = Text("%(number)s is for %(name)s now.", number=lead.number, name=to.name)
        return Done(page_of(lead), said)

    happens = Text("The officers of that department read it in their list of leads.")
    return answered_on(form, act, "leads/step.html", **_words(lead, LeadVerb.HAND_ON, happens))


@bp.route("/<int:lead_id>/set-aside", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def set_aside(lead_id: int) -> ResponseReturnValue:
    lead = found(lead_id)
    acting.opening(lead, LeadVerb.SET_ASIDE)
    form = ReasonForm(data={"version": lead.version})

    def act(session: Session) -> Done:
        reason = form.reason.data or ""
        service.set_aside(session, lead, reason=reason, **acting.today(form))
        return Done(page_of(lead), Text("%(number)s is set aside.", number=lead.number))

    happens = Text("Nothing follows; the lead and the reason stay readable.")
    return answered_on(form, act, "leads/step.html", **_words(lead, LeadVerb.SET_ASIDE, happens))


@bp.route("/<int:lead_id>/reopen", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def reopen(lead_id: int) -> ResponseReturnValue:
    lead = found(lead_id)
    acting.opening(lead, LeadVerb.REOPEN)
    form = ReasonForm(data={"version": lead.version})

    def act(session: Session) -> Done:
        service.reopen(session, lead, reason=form.reason.data or "", **acting.by(form))
        return Done(page_of(lead), Text("%(number)s waits for a decision.", number=lead.number))

    happens = Text("It is decided anew; what was decided before stays in the history.")
    return answered_on(form, act, "leads/step.html", **_words(lead, LeadVerb.REOPEN, happens))


def _words(lead: Lead, verb: LeadVerb, happens: Text) -> dict[str, object]:
    return {"lead": lead, "verb": verb.label, "happens": happens, "showing": presenting}

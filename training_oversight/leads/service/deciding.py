"""What becomes of a lead: a visit, another department, or nothing with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from training_oversight import workflow
from training_oversight.accounts.models import Department, Officer
from training_oversight.catalogue import queries as catalogue
from training_oversight.errors import BadInput
from training_oversight.inspections import service as inspections
from training_oversight.inspections.models import Visit, VisitKind
from training_oversight.inspections.service import NewPlace, VisitDraft
from training_oversight.leads.models import Lead
from training_oversight.leads.workflow import LeadVerb
from training_oversight.registry.models import Institution
from training_oversight.texts import Text


def follow(
    session: Session,
    lead: Lead,
    *,
    planned_on: date,
    officers: Sequence[Officer],
    by: Officer,
    today: date,
    version: int | None = None,
) -> Visit:
    """Plan the visit that answers it. A described place enters the register with it, and nothing
    is said of its permit; the visit's papers say nothing of the lead. Raises ``BadInput``."""
    if planned_on < today:
        sentence = Text("Not before today, %(today)s.", today=today)
        raise BadInput(sentence, {"planned_on": sentence})
    with workflow.moving(session, lead, LeadVerb.FOLLOW, by=by, version=version):
        draft = _draft(session, lead, planned_on, officers, today=today)
        visit = inspections.plan(session, draft=draft, by=by, today=today)
        lead.visit, lead.institution = visit, visit.institution
        _decided(lead, "", by=by, today=today)
    return visit


def _draft(
    session: Session, lead: Lead, on: date, officers: Sequence[Officer], *, today: date
) -> VisitDraft:
    place = lead.institution or NewPlace(
        name=lead.place, address=lead.address, division=lead.division
    )
    kind = place.kind_code if isinstance(place, Institution) else None
    return VisitDraft(
        place=place,
        kind=VisitKind.SINGLE_CASE,
        happened_at=inspections.at_morning(on),
        officers=officers,
        checklist=catalogue.fitting_checklist(
            session, kind, authority_id=lead.authority_id, today=today
        ),
    )


def hand_on(
    session: Session,
    lead: Lead,
    *,
    to: Department,
    note: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """It is for another department, which reads it from now on."""
    with workflow.moving(session, lead, LeadVerb.HAND_ON, by=by, note=note, version=version):
        lead.handed_to = to
        _decided(lead, note, by=by, today=today)


def set_aside(
    session: Session,
    lead: Lead,
    *,
    reason: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """Nothing follows, and why. Raises ``BadInput`` without a reason."""
    if not reason.strip():
        sentence = Text("Write why nothing follows.")
        raise BadInput(sentence, {"reason": sentence})
    with workflow.moving(session, lead, LeadVerb.SET_ASIDE, by=by, note=reason, version=version):
        _decided(lead, reason, by=by, today=today)


def _decided(lead: Lead, note: str, *, by: Officer, today: date) -> None:
    lead.decided_note, lead.decided_on, lead.decided_by_id = note, today, by.id


def reopen(
    session: Session, lead: Lead, *, reason: str, by: Officer, version: int | None = None
) -> None:
    """The department gave it back, or there is more to it: it is decided anew."""
    with workflow.moving(session, lead, LeadVerb.REOPEN, by=by, note=reason, version=version):
        lead.handed_to = None
        lead.decided_note, lead.decided_on, lead.decided_by_id = "", None, None

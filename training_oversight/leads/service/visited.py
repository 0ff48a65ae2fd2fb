"""What a visit makes of the lead that it followed."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, clock, database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.errors import Blocked
from training_oversight.inspections.duties import Duty
from training_oversight.inspections.models import Visit
from training_oversight.inspections.service.drafts import VisitDraft
from training_oversight.inspections.workflow import VisitState
from training_oversight.leads.models import Lead
from training_oversight.registry import queries as registry
from training_oversight.registry import service as registering
from training_oversight.texts import Text
from training_oversight.workflow import authorise

CONFIRMED = EventType.declare(
    "lead.unlicensed", Text("A visit confirmed it as a place without a permit")
)
CARRIED = EventType.declare("lead.next_attempt", Text("The visit was not possible; tried again"))


def obstacles(lead: Lead) -> list[Text]:
    """Why the visit confirms no place without a permit; empty if it can."""
    visit, institution = lead.visit, lead.institution
    if visit is None or institution is None:
        return [Text("No visit has followed this lead yet.")]
    if visit.state is not VisitState.DONE:
        return [
            Text(
                "Only a visit that took place confirms it; this one is “%(state)s”.",
                state=visit.state,
            )
        ]
    if institution.unlicensed_on is not None:
        return [Text("It is confirmed already that the place has no permit.")]
    if registry.has_permit_on_file(institution):
        return [Text("A permit is on file: what it is worth stands beside it.")]
    return []


def confirm_unlicensed(
    session: Session,
    lead: Lead,
    *,
    note: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """The register marks the place, of the day of the visit. Raises ``Blocked``."""
    authorise(by, lead, Permission.EDIT_REGISTRY)
    database.locked(session, lead)
    database.seen(lead, version)
    for sentence in obstacles(lead):
        raise Blocked(sentence)
    visit, institution = lead.visit, lead.institution
    assert visit is not None, "nothing stands in the way"
    assert institution is not None, "a visit has its place"
    registering.confirm_unlicensed(
        session,
        institution,
        on_day=clock.day_of(visit.happened_at),
        note=note,
        by=by,
        today=today,
    )
    audit.record(session, lead, CONFIRMED, by=by)


def _carry(session: Session, visit: Visit, again: Visit, by: Officer) -> None:
    """The next attempt follows the lead from now on."""
    for lead in session.scalars(sa.select(Lead).where(Lead.visit_id == visit.id)):
        with audit.editing(session, lead, CARRIED, by=by):
            lead.visit_id = again.id


def _hold(_session: Session, _visit: Visit, _draft: VisitDraft) -> None:
    """Nothing rests on a lead: its visit may be corrected as any other."""


Duty.declare("lead", carry=_carry, hold=_hold)

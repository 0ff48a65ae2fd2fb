"""Entering a lead: half a minute on a phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from training_oversight import audit
from training_oversight.accounts.models import Division, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.catalogue import numbers
from training_oversight.errors import BadInput, Checks
from training_oversight.leads.models import Lead, LeadSource
from training_oversight.places import Position
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.workflow import authorise

SERIES = "lead"
ENTERED = EventType.declare("lead.entered", Text("Lead entered"), ["number"])


@dataclass(frozen=True, kw_only=True)
class LeadDraft:
    """What was told; the place is an institution, or words and a township."""

    source: LeadSource
    division: Division
    seen_on: date
    facts: str
    institution: Institution | None = None
    place: str = ""
    address: str = ""
    position: Position | None = None
    position_accuracy: int | None = None


def enter(session: Session, draft: LeadDraft, *, by: Officer, today: date) -> Lead:
    """Raises ``BadInput`` for a day to come, and where no place is said."""
    _check(draft, today=today)
    one = draft.institution
    lead = Lead(
        authority_id=one.authority_id if one else by.authority_id,
        division_id=one.division_id if one else draft.division.id,
        division_path=one.division_path if one else draft.division.path,
        institution_id=one.id if one else None,
        place="" if one else draft.place,
        address="" if one else draft.address,
        source=draft.source,
        latitude=draft.position.latitude if draft.position else None,
        longitude=draft.position.longitude if draft.position else None,
        position_accuracy=draft.position_accuracy if draft.position else None,
        seen_on=draft.seen_on,
        facts=draft.facts,
        entered_on=today,
        entered_by_id=by.id,
        department_id=by.department_id,
        year=today.year,
    )
    authorise(by, lead, Permission.ENTER_LEAD)
    lead.serial = numbers.take(
        session, authority_id=lead.authority_id, series=SERIES, year=today.year
    )
    audit.created(session, lead, ENTERED, by=by, number=lead.number)
    return lead


def _check(draft: LeadDraft, *, today: date) -> None:
    checks = Checks()
    with checks.each():
        if draft.seen_on > today:
            _refuse("seen_on", Text("The day cannot be later than today (%(today)s).", today=today))
    with checks.each():
        if draft.institution is None and not draft.place.strip():
            _refuse("place", Text("Say which place it is: choose an institution, or describe it."))
    checks.settle()


def _refuse(field: str, sentence: Text) -> None:
    raise BadInput(sentence, {field: sentence})

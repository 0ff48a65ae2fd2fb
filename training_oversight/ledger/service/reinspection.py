"""Sending somebody out to look at exactly what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from training_oversight import audit, clock
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.errors import BadInput, Blocked
from training_oversight.inspections import service as inspections
from training_oversight.inspections.duties import Duty
from training_oversight.inspections.models import NOT_FORMAL, Visit, VisitKind
from training_oversight.inspections.service import VisitDraft, at_morning
from training_oversight.ledger import queries
from training_oversight.ledger.models import RectificationItem, ReinspectionItem
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.workflow import authorise

REINSPECTED = EventType.declare(
    "item.reinspection_planned", Text("Re-inspection planned"), ["visit"]
)


def plan_reinspection(
    session: Session,
    institution: Institution,
    *,
    planned_on: date,
    by: Officer,
    today: date,
    items: Sequence[RectificationItem] | None = None,
    officers: Sequence[Officer] = (),
    purpose: str = "",
) -> Visit:
    """A planned visit with the items open at this moment; ``items`` narrows them down."""
    _check(institution, planned_on, by=by, today=today)
    still_open = queries.open_for_reinspection(session, institution.id)
    chosen = [one for one in still_open if items is None or one in items]
    if not chosen:
        raise Blocked(Text("Nothing is open here that a re-inspection could look at."))
    visit = inspections.plan(
        session,
        draft=VisitDraft(
            place=institution,
            kind=VisitKind.RE_INSPECTION,
            happened_at=at_morning(planned_on),
            purpose=purpose,
            officers=officers,
        ),
        by=by,
        today=today,
    )
    _send_for(session, visit, chosen, by=by)
    return visit


def _send_for(
    session: Session, visit: Visit, items: Sequence[RectificationItem], *, by: Officer
) -> None:
    session.add_all(ReinspectionItem(visit_id=visit.id, item_id=one.id) for one in items)
    session.flush()
    for one in items:
        audit.record(session, one, REINSPECTED, by=by, visit=visit.id)


def _carry(session: Session, visit: Visit, again: Visit, by: Officer) -> None:
    """What is still to be looked at goes to the next attempt; what was settled meanwhile not."""
    _send_for(session, again, queries.still_to_look_at(session, visit.id), by=by)


def _hold(session: Session, visit: Visit, draft: VisitDraft) -> None:
    """A re-check that counts keeps its day, its verifier and its formal visit."""
    for made in queries.counting_rechecks(session, visit.id):
        day, item = clock.day_of(draft.happened_at), made.item
        first = item.applied_on or item.found_on
        still_there = made.verified_by_id in {one.id for one in draft.officers}
        if still_there and draft.kind not in NOT_FORMAL and first <= day <= made.verified_on:
            continue
        raise Blocked(
            Text(
                "%(name)s re-checked item %(number)s on this visit: it stays a formal inspection "
                "with %(name)s, from %(first)s to %(last)s. Return the item for another re-check "
                "first.",
                name=made.verified_by.name,
                number=item.number,
                first=first,
                last=made.verified_on,
            )
        )


Duty.declare("reinspection", carry=_carry, hold=_hold)


def _check(institution: Institution, planned_on: date, *, by: Officer, today: date) -> None:
    authorise(by, institution, Permission.LOG_VISIT)
    if planned_on < today:
        sentence = Text("Not before today, %(today)s.", today=today)
        raise BadInput(sentence, {"planned_on": sentence})

"""Sending somebody out to look at exactly what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from training_oversight import audit, clock, database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.errors import BadInput, Blocked, NotFound, NotPermitted
from training_oversight.inspections.models import Approval, Visit, VisitKind
from training_oversight.ledger import queries
from training_oversight.ledger.models import RectificationItem, ReinspectionItem
from training_oversight.registry.models import Institution
from training_oversight.texts import Text

PLANNED = EventType.declare("visit.reinspection_planned", Text("Re-inspection planned"), ["items"])
NINE = time(9)


def plan_reinspection(
    session: Session,
    institution: Institution,
    *,
    planned_on: date,
    by: Officer,
    today: date,
    items: Sequence[RectificationItem] | None = None,
    purpose: str = "",
) -> Visit:
    """A planned visit with the items open at this moment; ``items`` narrows them down."""
    _check(institution, planned_on, by=by, today=today)
    still_open = queries.open_for_reinspection(session, institution.id)
    chosen = [one for one in still_open if items is None or one in items]
    if not chosen:
        raise Blocked(Text("Nothing is open here that a re-inspection could look at."))
    visit = Visit(
        authority_id=institution.authority_id,
        division_path=institution.division_path,
        institution_id=institution.id,
        kind=VisitKind.RE_INSPECTION,
        purpose=purpose,
        approval=Approval.TO_FOLLOW,
        happened_at=clock.from_local(datetime.combine(planned_on, NINE)),
        entered_at=database.instant(session),
        entered_by_id=by.id,
    )
    numbers = [one.number for one in chosen]
    audit.created(session, visit, PLANNED, by=by, items=numbers)
    session.add_all(ReinspectionItem(visit_id=visit.id, item_id=one.id) for one in chosen)
    session.flush()
    return visit


def _check(institution: Institution, planned_on: date, *, by: Officer, today: date) -> None:
    if not by.scope.covers(institution.division_path):
        raise NotFound
    if not by.may(Permission.LOG_VISIT):
        raise NotPermitted(Text("This step is for another role."))
    if planned_on < today:
        sentence = Text("Not before today, %(today)s.", today=today)
        raise BadInput(sentence, {"planned_on": sentence})

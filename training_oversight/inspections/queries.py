"""Reading visits and findings, within the officer's scope."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from training_oversight.accounts.models import Officer, Scope
from training_oversight.errors import NotFound
from training_oversight.inspections.models import (
    Approval,
    Finding,
    Visit,
    VisitAnswer,
    VisitOfficer,
)
from training_oversight.inspections.workflow import VisitState
from training_oversight.registry.models import Institution, Premises
from training_oversight.texts import Text

# Not law: from how many metres on a page says that the place is far from the registered one.
FAR = 500
# A formal inspection needs two officers with certificates (行政处罚法 42).
CERTIFIED_OFFICERS = 2


def visit(session: Session, visit_id: int, scope: Scope) -> Visit:
    """One visit with all that its page shows. Raises ``NotFound``, for a foreign one too."""
    found = session.scalars(
        sa.select(Visit)
        .where(Visit.id == visit_id, scope.clause(Visit.division_path))
        .options(
            joinedload(Visit.institution).selectinload(Institution.venues),
            joinedload(Visit.checklist),
            joinedload(Visit.entered_by),
            selectinload(Visit.officer_rows),
            selectinload(Visit.officers),
            selectinload(Visit.answers),
            selectinload(Visit.findings).joinedload(Finding.violation_type),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def finding(session: Session, finding_id: int, scope: Scope) -> Finding:
    """One finding. Raises ``NotFound``, for a foreign one too."""
    found = session.scalars(
        sa.select(Finding)
        .where(Finding.id == finding_id, scope.clause(Finding.division_path))
        .options(
            joinedload(Finding.institution),
            joinedload(Finding.visit),
            joinedload(Finding.violation_type),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def answers(session: Session, visit: Visit) -> Sequence[VisitAnswer]:
    """The answers as they stand in the database now."""
    return session.scalars(
        sa.select(VisitAnswer)
        .where(VisitAnswer.visit_id == visit.id)
        .execution_options(populate_existing=True)
    ).all()


def officers(session: Session, visit: Visit) -> Sequence[Officer]:
    """Who inspected, in the order of their names."""
    return session.scalars(
        sa.select(Officer)
        .join(VisitOfficer, VisitOfficer.officer_id == Officer.id)
        .where(VisitOfficer.visit_id == visit.id)
        .order_by(Officer.name, Officer.id)
    ).all()


def unanswered(session: Session, visit: Visit) -> list[str]:
    """The questions of the visit's checklist without an answer, in their order."""
    if visit.checklist is None:
        return []
    given = {row.item_code for row in answers(session, visit)}
    return [item["text"] for item in visit.checklist.items if item["code"] not in given]


def can_found_notice(visit: Visit) -> list[Text]:
    """Why a notice cannot be founded on the visit yet; empty if it can."""
    certified = [row for row in visit.officer_rows if row.certificate_number]
    reasons = []
    if not visit.formal:
        reasons.append(
            Text(
                "“%(kind)s” gives leads or advice; a notice needs a formal inspection.",
                kind=visit.kind,
            )
        )
    if len(certified) < CERTIFIED_OFFICERS:
        reasons.append(
            Text(
                "Fewer than two officers with certificates inspected: a notice cannot be "
                "founded on this visit yet."
            )
        )
    if visit.state is not VisitState.DONE:
        reasons.append(Text("The visit is “%(state)s”.", state=visit.state))
    return reasons


def reservations(visit: Visit) -> list[Text]:
    """What a reader must know: nothing here ever kept a visit from being saved."""
    told = can_found_notice(visit) if visit.state is VisitState.DONE else []
    if visit.approval is Approval.TO_FOLLOW and visit.state is not VisitState.PLANNED:
        told.append(Text("The approval of this visit is still to follow."))
    if visit.latitude is None and visit.state is VisitState.DONE:
        told.append(Text("No position was recorded."))
    if is_far(visit):
        told.append(
            Text(
                "Logged %(metres)s metres from the registered address.",
                metres=f"{visit.distance:,}",
            )
        )
    if in_dwelling(visit.institution):
        told.append(Text("The place is a dwelling: never entered without the occupants' consent."))
    return told


def is_far(visit: Visit) -> bool:
    return visit.distance is not None and visit.distance > FAR


def in_dwelling(institution: Institution) -> bool:
    venue = institution.main_venue
    return venue is not None and venue.premises is Premises.DWELLING

"""What an officer takes along: visits, places, what is open there, all in a few queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload

from training_oversight.accounts.models import Officer
from training_oversight.files import service as files
from training_oversight.files.models import Attachment
from training_oversight.inspections import queries as inspections
from training_oversight.inspections.models import Finding, Visit, VisitAnswer
from training_oversight.ledger import queries as ledger
from training_oversight.ledger.models import RectificationItem
from training_oversight.registry import queries as registry
from training_oversight.registry.models import Institution
from training_oversight.registry.queries import InstitutionFilter

# More than an officer makes in a day, and than a phone should carry.
VISITS, PLACES, LAST_FINDINGS = 60, 2000, 3


@dataclass(frozen=True)
class Luggage:
    """All that goes onto the phone, by key where several hang on one."""

    visits: Sequence[Visit]
    answers: Sequence[VisitAnswer]
    found: Sequence[Finding]
    places: Sequence[Institution]
    open_items: Sequence[RectificationItem]
    last_findings: Sequence[Finding]
    # The photos of what is open, by the finding that put it on the ledger.
    pictures: dict[int, list[Attachment]]


def luggage(session: Session, officer: Officer, *, today: date) -> Luggage:
    """What the officer needs in a stairwell without network."""
    visits = inspections.to_make(session, officer, limit=VISITS)
    keys = [one.id for one in visits]
    going_to = {one.institution_id for one in visits}
    places = _places(session, officer, going_to, today=today)
    items = _open_items(session, officer)
    before = [one.finding_id for one in items if one.institution_id in going_to]
    return Luggage(
        visits=visits,
        answers=session.scalars(sa.select(VisitAnswer).where(VisitAnswer.visit_id.in_(keys))).all(),
        found=session.scalars(sa.select(Finding).where(Finding.visit_id.in_(keys))).all(),
        places=places,
        open_items=items,
        last_findings=_last_findings(session, officer, going_to),
        pictures=files.attachments(session, "finding", before),
    )


def _places(
    session: Session, officer: Officer, going_to: set[int], *, today: date
) -> list[Institution]:
    """Where they go first, then the rest of what they may see and is not closed."""
    wanted = registry.with_venues(registry.listing(officer, InstitutionFilter(), today=today))
    order = sa.case((Institution.id.in_(going_to), 0), else_=1)
    found = session.scalars(wanted.order_by(order, Institution.sort_key).limit(PLACES)).all()
    return list(found)


def _open_items(session: Session, officer: Officer) -> Sequence[RectificationItem]:
    return session.scalars(
        sa.select(RectificationItem)
        .where(ledger.live(), officer.scope.clause(RectificationItem.division_path))
        .options(joinedload(RectificationItem.violation_type), raiseload("*"))
        .order_by(RectificationItem.sort_due, RectificationItem.id)
        .limit(PLACES)
    ).all()


def _last_findings(session: Session, officer: Officer, institutions: set[int]) -> Sequence[Finding]:
    """The latest few of each place."""
    rank = sa.func.row_number().over(
        partition_by=Finding.institution_id,
        order_by=(Finding.found_on.desc(), Finding.id.desc()),
    )
    ranked = (
        sa.select(Finding.id, rank.label("rank"))
        .where(
            Finding.institution_id.in_(institutions),
            officer.scope.clause(Finding.division_path),
        )
        .subquery()
    )
    return session.scalars(
        sa.select(Finding)
        .join(ranked, ranked.c.id == Finding.id)
        .where(ranked.c.rank <= LAST_FINDINGS)
        .options(raiseload("*"))
        .order_by(Finding.found_on.desc(), Finding.id.desc())
    ).all()

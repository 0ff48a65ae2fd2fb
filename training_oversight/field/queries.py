"""What an officer takes along: visits, places, what is open there, all in a few queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager, joinedload, raiseload

from training_oversight.accounts.models import Officer, Scope
from training_oversight.catalogue.models import Checklist
from training_oversight.errors import NotFound
from training_oversight.field.models import FieldPhoto
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
    # Of these visits, in the versions that they were planned with.
    checklists: Sequence[Checklist]
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
    planned_with = {one.checklist_id for one in visits if one.checklist_id is not None}
    going_to = {one.institution_id for one in visits}
    places = _places(session, officer, going_to, today=today)
    items = _open_items(session, officer)
    before = [one.finding_id for one in items if one.institution_id in going_to]
    return Luggage(
        visits=visits,
        checklists=session.scalars(
            sa.select(Checklist).where(Checklist.id.in_(planned_with))
        ).all(),
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
    """Where they go first, then what is in their charge, then the rest that is not closed."""
    wanted = registry.with_venues(registry.listing(officer, InstitutionFilter(), today=today))
    mine = Institution.officer_in_charge_id == officer.id
    order = sa.case((Institution.id.in_(going_to), 0), (mine, 1), else_=2)
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


def photos_of(session: Session, visit: Visit) -> Sequence[FieldPhoto]:
    """What phones sent for a visit and its problems, in the order in which it was taken."""
    problems = sa.select(Finding.id).where(Finding.visit_id == visit.id)
    of_it = sa.or_(
        sa.and_(Attachment.subject_kind == "visit", Attachment.subject_id == visit.id),
        sa.and_(Attachment.subject_kind == "finding", Attachment.subject_id.in_(problems)),
    )
    return session.scalars(
        sa.select(FieldPhoto)
        .join(Attachment, Attachment.id == FieldPhoto.attachment_id)
        .where(of_it)
        .options(
            contains_eager(FieldPhoto.attachment),
            joinedload(FieldPhoto.officer),
            joinedload(FieldPhoto.original),
        )
        .order_by(FieldPhoto.taken_at, FieldPhoto.id)
    ).all()


def photo(session: Session, key: int, scope: Scope) -> FieldPhoto:
    """One that belongs to a record within the scope. Raises ``NotFound``."""
    found = session.get(FieldPhoto, key, options=[joinedload(FieldPhoto.attachment)])
    if found is None or found.attachment is None:
        raise NotFound
    if not scope.covers(found.attachment.division_path):
        raise NotFound
    return found

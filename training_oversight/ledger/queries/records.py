"""One item and what stands beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from training_oversight import clock
from training_oversight.accounts.models import Officer, Scope
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue.models import Severity, ViolationType
from training_oversight.errors import NotFound
from training_oversight.files.queries import Evidence, evidence
from training_oversight.inspections.models import NOT_FORMAL, Finding, Visit, VisitOfficer
from training_oversight.inspections.workflow import FindingState, VisitState
from training_oversight.ledger.models import (
    RectificationItem,
    RectificationReport,
    ReinspectionItem,
    Verdict,
    Verification,
)
from training_oversight.ledger.queries.lists import live
from training_oversight.ledger.queries.rounds import recheck_from
from training_oversight.ledger.workflow import IN_CHARGE, ItemState
from training_oversight.registry.models import Institution
from training_oversight.registry.suggestion import Problems

Item = RectificationItem
# The category of violation types (shipped.toml) whose grave ones are serious safety hazards.
SAFETY = "安全"
TWO_YEARS = timedelta(days=730)
# Put right or not is still to be seen.
TO_LOOK_AT = (ItemState.OPEN, ItemState.APPLIED)


def get(session: Session, scope: Scope, item_id: int) -> Item:
    """One item with what its page shows. Raises ``NotFound``, for a foreign one too."""
    found = session.scalars(
        sa.select(Item)
        .where(Item.id == item_id)
        .options(
            joinedload(Item.institution).joinedload(Institution.division),
            joinedload(Item.violation_type),
            joinedload(Item.officer_in_charge),
            joinedload(Item.verified_by),
            joinedload(Item.closed_by),
            joinedload(Item.close_reason),
            joinedload(Item.finding).joinedload(Finding.visit).selectinload(Visit.officers),
            selectinload(Item.limits),
            selectinload(Item.reports).joinedload(RectificationReport.entered_by),
            selectinload(Item.verifications).options(
                joinedload(Verification.verified_by), joinedload(Verification.visit)
            ),
        )
    ).one_or_none()
    if found is None or not scope.covers(found.division_path):
        raise NotFound
    return found


def evidence_of(session: Session, item: Item, officer: Officer) -> Evidence:
    """Files of the finding, of the reports and the re-checks, and of the visits behind them for
    who may see visits."""
    seen = (item.finding.visit_id, *(one.visit_id for one in item.verifications))
    visits = {key for key in seen if key is not None and officer.may(Permission.VIEW_VISITS)}
    records: dict[str, Collection[int]] = {
        Item.__tablename__: [item.id],
        Finding.__tablename__: [item.finding_id],
        Visit.__tablename__: visits,
    }
    return evidence(session, records, officer.scope)


def institution(session: Session, scope: Scope, institution_id: int) -> Institution:
    found = session.get(Institution, institution_id)
    if found is None or not scope.covers(found.division_path):
        raise NotFound
    return found


def pending_findings(session: Session, scope: Scope, *, limit: int = 200) -> Sequence[Finding]:
    """Findings that nobody has decided about: what 转入台账 may begin with."""
    return session.scalars(
        sa.select(Finding)
        .where(Finding.state == FindingState.PENDING, scope.clause(Finding.division_path))
        .options(joinedload(Finding.institution), joinedload(Finding.violation_type))
        .order_by(Finding.id.desc())
        .limit(limit)
    ).all()


def of_institution(session: Session, institution_id: int) -> Sequence[Item]:
    """What is still on the ledger of one institution, longest overdue first."""
    return session.scalars(
        sa.select(Item)
        .where(Item.institution_id == institution_id, live())
        .options(joinedload(Item.violation_type), joinedload(Item.officer_in_charge))
        .order_by(Item.sort_due, Item.id)
    ).all()


def problems_of(session: Session, institution_id: int, *, today: date) -> Problems:
    """How much is open and overdue, and which of it is a serious safety hazard."""
    rows = session.execute(
        sa.select(Item.title, Item.severity, ViolationType.category, Item.overdue_on(today))
        .join(ViolationType, ViolationType.id == Item.violation_type_id)
        .where(Item.institution_id == institution_id, live())
        .order_by(Item.sort_due, Item.id)
    ).all()
    return Problems(
        open=len(rows),
        overdue=sum(bool(late) for *_, late in rows),
        hazards=[
            title
            for title, severity, category, _ in rows
            if severity is Severity.GRAVE and category == SAFETY
        ],
    )


def count_of(session: Session, institution_id: int) -> int:
    """How many items of the institution are still on the ledger."""
    return (
        session.scalar(
            sa.select(sa.func.count())
            .select_from(Item)
            .where(Item.institution_id == institution_id, live())
        )
        or 0
    )


def in_charge_of(officer: Officer, scope: Scope) -> sa.ColumnElement[bool]:
    """What is on the ledger and in the charge of an officer."""
    return sa.and_(scope.clause(Item.division_path), live(), IN_CHARGE.clause(officer, Item))


def count_in_charge_of(session: Session, officer: Officer, scope: Scope) -> int:
    counted = sa.select(sa.func.count()).select_from(Item).where(in_charge_of(officer, scope))
    return session.scalar(counted) or 0


def open_for_reinspection(session: Session, institution_id: int) -> Sequence[Item]:
    """What a re-inspection looks at."""
    return session.scalars(
        sa.select(Item)
        .where(Item.institution_id == institution_id, Item.state.in_(TO_LOOK_AT))
        .order_by(Item.sort_due, Item.id)
    ).all()


def still_to_look_at(session: Session, visit_id: int) -> Sequence[Item]:
    """Of the items that a re-inspection was sent out for, those that nobody has settled."""
    return session.scalars(
        sa.select(Item)
        .join(ReinspectionItem, ReinspectionItem.item_id == Item.id)
        .where(ReinspectionItem.visit_id == visit_id, Item.state.in_(TO_LOOK_AT))
        .order_by(Item.sort_due, Item.id)
    ).all()


def of_visit(session: Session, visit_id: int) -> Sequence[Item]:
    """The items that a re-inspection was sent out for."""
    return session.scalars(
        sa.select(Item)
        .join(ReinspectionItem, ReinspectionItem.item_id == Item.id)
        .where(ReinspectionItem.visit_id == visit_id)
        .options(selectinload(Item.verifications))
        .order_by(Item.id)
    ).all()


def counting_rechecks(session: Session, visit_id: int) -> Sequence[Verification]:
    """The passed re-checks of a visit on which a close-out rests, or is to rest."""
    return session.scalars(
        sa.select(Verification)
        .join(Verification.item)
        .where(
            Verification.visit_id == visit_id,
            Verification.verdict == Verdict.PASSED,
            Item.state.in_([ItemState.VERIFIED, ItemState.CLOSED]),
        )
        .options(contains_eager(Verification.item), joinedload(Verification.verified_by))
    ).all()


def visits_for(session: Session, item: Item, *, officer: Officer | None = None) -> Sequence[Visit]:
    """The finished formal visits to the institution that may carry a re-check, newest first.

    With ``officer`` only those on which that officer was: who re-checks on site was there.
    """
    first = recheck_from(session, item).day
    used = sa.exists().where(Verification.visit_id == Visit.id, Verification.item_id == item.id)
    there = sa.exists().where(VisitOfficer.visit_id == Visit.id)
    if officer is not None:
        there = there.where(VisitOfficer.officer_id == officer.id)
    return session.scalars(
        sa.select(Visit)
        .where(
            Visit.institution_id == item.institution_id,
            Visit.state == VisitState.DONE,
            Visit.kind.not_in(NOT_FORMAL),
            Visit.happened_at >= clock.from_local(datetime.combine(first, time())),
            ~used,
            there,
        )
        .options(selectinload(Visit.officers))
        .order_by(Visit.happened_at.desc(), Visit.id.desc())
    ).all()


def planned_reinspection(session: Session, item: Item) -> Visit | None:
    """The re-inspection that somebody has planned for this item and not yet done."""
    return session.scalars(
        sa.select(Visit)
        .join(ReinspectionItem, ReinspectionItem.visit_id == Visit.id)
        .where(
            ReinspectionItem.item_id == item.id,
            Visit.state.in_([VisitState.PLANNED, VisitState.UNDER_WAY]),
        )
        .order_by(Visit.id.desc())
        .limit(1)
    ).first()


@dataclass(frozen=True)
class Beside:
    """What else is known of the institution."""

    open_items: int
    same_type: int


def beside(session: Session, item: Item) -> Beside:
    """Its other open items, and its items of the same type found within two years before."""
    others = sa.and_(Item.institution_id == item.institution_id, Item.id != item.id)
    row = session.execute(
        sa.select(
            sa.func.count(sa.case((live(), Item.id))),
            sa.func.count(
                sa.case(
                    (
                        sa.and_(
                            Item.violation_code == item.violation_code,
                            Item.state != ItemState.VOID,
                            Item.found_on >= item.found_on - TWO_YEARS,
                        ),
                        Item.id,
                    )
                )
            ),
        ).where(others)
    ).one()
    return Beside(*row)


def overdue(session: Session, scope: Scope, *, today: date) -> Sequence[Item]:
    """Everything overdue by the institution, for the morning's work."""
    return session.scalars(
        sa.select(Item)
        .where(scope.clause(Item.division_path), Item.overdue_on(today))
        .options(joinedload(Item.violation_type), joinedload(Item.institution))
        .order_by(Item.due_on, Item.id)
    ).all()


def names(session: Session, keys: set[int]) -> Mapping[int, str]:
    """Officers' names by key, for the history."""
    rows = session.execute(sa.select(Officer.id, Officer.name).where(Officer.id.in_(keys))).all()
    return {row.id: row.name for row in rows}

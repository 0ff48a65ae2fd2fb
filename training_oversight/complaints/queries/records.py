"""One complaint, and who may read what of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, load_only, raiseload, selectinload

from training_oversight import clock
from training_oversight.accounts.models import Department, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.complaints.models import (
    Callback,
    Complaint,
    ComplaintAnswer,
    ComplaintCorrection,
    ComplaintHelper,
    ComplaintVisit,
)
from training_oversight.complaints.workflow import ComplaintState
from training_oversight.errors import NotFound
from training_oversight.files.models import Attachment
from training_oversight.inspections.models import Finding, Visit
from training_oversight.inspections.workflow import VisitState
from training_oversight.ledger.models import RectificationItem
from training_oversight.names import naming
from training_oversight.registry.models import Institution

MOST = 20
# TS-2026-0001
NUMBER = re.compile(r"TS-?(\d{4})-0*(\d{1,7})")


def readable(officer: Officer) -> sa.ColumnElement[bool]:
    """Which complaints an officer reads: those of the scope, or of the department that owns or
    helps with them. What was not given to a department it does not see."""
    scope = officer.scope.clause(Complaint.division_path)
    if officer.may(Permission.VIEW_EVERY_COMPLAINT):
        return scope
    helps = sa.exists().where(
        ComplaintHelper.complaint_id == Complaint.id,
        ComplaintHelper.department_id == officer.department_id,
    )
    return sa.and_(scope, sa.or_(Complaint.department_id == officer.department_id, helps))


def complaint_for(session: Session, officer: Officer, complaint_id: int) -> Complaint:
    """With all that its page and the conditions of its moves read. Raises ``NotFound``."""
    called = selectinload(Complaint.callbacks).joinedload(Callback.entered_by)
    found = session.scalars(
        sa.select(Complaint)
        .where(Complaint.id == complaint_id, readable(officer))
        .options(
            joinedload(Complaint.institution).options(
                joinedload(Institution.division), joinedload(Institution.officer_in_charge)
            ),
            joinedload(Complaint.division),
            joinedload(Complaint.department),
            joinedload(Complaint.objection_department),
            joinedload(Complaint.handler),
            joinedload(Complaint.received_by),
            joinedload(Complaint.merged_into)
            .selectinload(Complaint.answers)
            .selectinload(ComplaintAnswer.own),
            selectinload(Complaint.limits),
            selectinload(Complaint.requests),
            selectinload(Complaint.corrections).joinedload(ComplaintCorrection.corrected_by),
            selectinload(Complaint.answers).options(
                joinedload(ComplaintAnswer.written_by),
                joinedload(ComplaintAnswer.approved_by),
                selectinload(ComplaintAnswer.own),
            ),
            selectinload(Complaint.helpers).joinedload(ComplaintHelper.department),
            selectinload(Complaint.merged).selectinload(Complaint.callbacks),
            called,
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def chosen(session: Session, officer: Officer, keys: Sequence[int]) -> Sequence[Complaint]:
    """Orders that were ticked in a list, with no more than what names them."""
    return session.scalars(
        sa.select(Complaint)
        .where(readable(officer), Complaint.id.in_(keys))
        .order_by(Complaint.id)
        .options(joinedload(Complaint.institution).raiseload("*"), raiseload("*"))
    ).all()


def place(session: Session, officer: Officer, institution_id: int) -> Institution | None:
    """The institution of a call, with no more than what tells it from others."""
    return session.scalars(
        sa.select(Institution)
        .where(Institution.id == institution_id, officer.scope.clause(Institution.division_path))
        .options(joinedload(Institution.division), selectinload(Institution.venues))
    ).one_or_none()


def stands(session: Session, officer: Officer, institution_id: int) -> Institution | None:
    """The same where it is only kept: whose ground it is on, and nothing that is shown."""
    return session.scalars(
        sa.select(Institution)
        .where(Institution.id == institution_id, officer.scope.clause(Institution.division_path))
        .options(
            load_only(Institution.name, Institution.division_id, Institution.division_path),
            joinedload(Institution.division),
        )
    ).one_or_none()


def may_see_reporter(officer: Officer, complaint: Complaint) -> bool:
    """Nobody but the desk and the named handler ever learns who called, and in which words."""
    if not officer.scope.covers(complaint.division_path):
        return False
    return officer.may(Permission.ASSIGN_COMPLAINT) or complaint.handler_id == officer.id


def may_correct(officer: Officer, complaint: Complaint) -> bool:
    """The desk puts an order right; whoever took it in, as long as nobody has accepted it."""
    if not officer.scope.covers(complaint.division_path):
        return False
    own = complaint.received_by_id == officer.id and complaint.state is ComplaintState.RECEIVED
    return officer.may(Permission.ASSIGN_COMPLAINT) or (
        own and officer.may(Permission.LOG_COMPLAINT)
    )


def may_see_file(
    session: Session, officer: Officer, complaint: Complaint, attachment_id: int
) -> bool:
    """What came with an answer everybody reads who reads the order; what a reporter sent does not
    leave the desk and the handler."""
    if may_see_reporter(officer, complaint):
        return True
    part = session.scalar(sa.select(Attachment.part_kind).where(Attachment.id == attachment_id))
    return part == ComplaintAnswer.__tablename__


def handlers(
    session: Session, authority_id: int, *, today: date, department: Department | None = None
) -> Sequence[Officer]:
    """Who of a county, or of one department, can be named to handle an order, by department."""
    of = Officer.department_id
    found = session.scalars(
        sa.select(Officer)
        .where(
            Officer.authority_id == authority_id,
            of == department.id if department else of.is_not(None),
        )
        .options(selectinload(Officer.role_rows), joinedload(Officer.department))
        .order_by(Officer.department_id, Officer.name, Officer.id)
    )
    return [one for one in found if one.works_on(today) and one.may(Permission.HANDLE_COMPLAINT)]


def by_number(session: Session, officer: Officer, typed: str) -> Complaint | None:
    """The order of a number as it is printed."""
    number = NUMBER.fullmatch(naming.normalised(typed))
    if number is None:
        return None
    year, serial = map(int, number.groups())
    return session.scalars(
        sa.select(Complaint).where(
            readable(officer), Complaint.year == year, Complaint.serial == serial
        )
    ).first()


def visits_of(session: Session, complaint: Complaint) -> Sequence[Visit]:
    return session.scalars(
        sa.select(Visit)
        .join(ComplaintVisit, ComplaintVisit.visit_id == Visit.id)
        .where(ComplaintVisit.complaint_id == complaint.id)
        .order_by(Visit.happened_at, Visit.id)
    ).all()


def items_of(session: Session, complaint: Complaint) -> Sequence[RectificationItem]:
    """What the linked visits put on the ledger, for who reads the ledger."""
    linked = sa.select(ComplaintVisit.visit_id).where(ComplaintVisit.complaint_id == complaint.id)
    return session.scalars(
        sa.select(RectificationItem)
        .join(Finding, Finding.id == RectificationItem.finding_id)
        .where(Finding.visit_id.in_(linked))
        .order_by(RectificationItem.id)
    ).all()


def visits_to_link(session: Session, complaint: Complaint) -> Sequence[Visit]:
    """Visits to the place since the complaint came that are not linked yet, the newest first."""
    if complaint.institution_id is None:
        return []
    linked = sa.select(ComplaintVisit.visit_id).where(ComplaintVisit.complaint_id == complaint.id)
    return session.scalars(
        sa.select(Visit)
        .where(
            Visit.institution_id == complaint.institution_id,
            Visit.id.not_in(linked),
            Visit.state != VisitState.NOT_POSSIBLE,
            Visit.happened_at >= clock.from_local(datetime.combine(complaint.received_on, time())),
        )
        .order_by(Visit.happened_at.desc(), Visit.id.desc())
        .limit(MOST)
    ).all()

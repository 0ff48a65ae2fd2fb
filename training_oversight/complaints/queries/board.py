"""The desk's board: what is open and whose, how it was received, which places are named most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from training_oversight.accounts.models import Department, Officer
from training_oversight.complaints.kinds import Channel, Satisfaction
from training_oversight.complaints.models import Callback, Complaint
from training_oversight.complaints.queries.lists import OBJECTED
from training_oversight.complaints.queries.raising import Raising
from training_oversight.complaints.queries.records import readable
from training_oversight.complaints.workflow import OPEN, ComplaintState
from training_oversight.registry.models import Institution

MOST_NAMED = 10
# From so many reports on a place is named among the most; one is nothing out of the common.
AT_LEAST = 2


@dataclass(frozen=True)
class OfDepartment:
    """What one department holds, or the desk itself where none is named."""

    department_id: int | None
    name: str | None
    open: int
    late: int
    objected: int
    raised: int


@dataclass(frozen=True)
class Named:
    """A place and how many told of it, callers that were merged included."""

    institution_id: int
    name: str
    reports: int
    open: int


def by_channel(session: Session, officer: Officer) -> dict[tuple[Channel, ComplaintState], int]:
    """How many of each channel are in each state."""
    rows = session.execute(
        sa.select(Complaint.channel, Complaint.state, sa.func.count())
        .where(readable(officer))
        .group_by(Complaint.channel, Complaint.state)
    )
    return {(channel, state): count for channel, state, count in rows}


def by_department(session: Session, officer: Officer, rule: Raising) -> list[OfDepartment]:
    """What is open, late, objected to and raised, the department with most first."""
    late = sa.func.sum(sa.case((Complaint.due_on < rule.today, 1), else_=0))
    rows = session.execute(
        sa.select(
            Department.id,
            Department.name,
            sa.func.count(),
            late,
            sa.func.sum(sa.case((OBJECTED, 1), else_=0)),
            sa.func.sum(sa.case((rule.clause, 1), else_=0)),
        )
        .select_from(Complaint)
        .join(Department, Department.id == Complaint.department_id, isouter=True)
        .where(readable(officer), Complaint.state.in_(OPEN))
        .group_by(Department.id, Department.name)
        .order_by(sa.func.count().desc(), Department.id)
    )
    return [OfDepartment(*row) for row in rows]


def satisfaction(session: Session, officer: Officer) -> dict[Satisfaction, int]:
    """What the call-backs brought, each reporter's last one."""
    later = aliased(Callback)
    last = ~sa.exists().where(later.complaint_id == Callback.complaint_id, later.id > Callback.id)
    rows = session.execute(
        sa.select(Callback.satisfaction, sa.func.count())
        .join(Complaint, Complaint.id == Callback.complaint_id)
        .where(readable(officer), last)
        .group_by(Callback.satisfaction)
    )
    return dict(rows.all())


def most_named(session: Session, officer: Officer) -> Sequence[Named]:
    """The institutions that most reports are about."""
    reports = sa.func.count()
    still = sa.func.sum(sa.case((Complaint.state.in_(OPEN), 1), else_=0))
    rows = session.execute(
        sa.select(Institution.id, Institution.name, reports, still)
        .join(Complaint, Complaint.institution_id == Institution.id)
        .where(readable(officer))
        .group_by(Institution.id, Institution.name)
        .having(reports >= AT_LEAST)
        .order_by(reports.desc(), Institution.id)
        .limit(MOST_NAMED)
    )
    return [Named(*row) for row in rows]

"""One reward, by its key, by the report, or by the reporter's code."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload, selectinload

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.complaints.models import Complaint
from training_oversight.errors import NotFound
from training_oversight.rewards.models import Reward
from training_oversight.rewards.workflow import LIVE


def readable(officer: Officer) -> sa.ColumnElement[bool]:
    """Which rewards an officer reads: as with the orders, those of the scope or the department."""
    scope = officer.scope.clause(Reward.division_path)
    if officer.may(Permission.VIEW_EVERY_COMPLAINT):
        return scope
    return sa.and_(scope, Reward.department_id == officer.department_id)


def reward_for(session: Session, officer: Officer, reward_id: int) -> Reward:
    """With all that its page and the conditions of its moves read. Raises ``NotFound``."""
    found = session.scalars(
        sa.select(Reward)
        .where(Reward.id == reward_id, readable(officer))
        .options(
            joinedload(Reward.complaint).options(
                joinedload(Complaint.institution),
                selectinload(Complaint.answers),
                joinedload(Complaint.merged_into).selectinload(Complaint.answers),
            ),
            joinedload(Reward.department),
            joinedload(Reward.proposed_by),
            joinedload(Reward.approved_by),
            joinedload(Reward.paid_by),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def of_complaint(session: Session, officer: Officer, complaint_id: int) -> Sequence[Reward]:
    """Every reward of a report, the newest first."""
    return session.scalars(
        sa.select(Reward)
        .where(Reward.complaint_id == complaint_id, readable(officer))
        .order_by(Reward.id.desc())
        .options(raiseload("*"))
    ).all()


def live_of(session: Session, complaint_id: int) -> Reward | None:
    """The one that stands: proposed, to be claimed or paid out."""
    return session.scalars(
        sa.select(Reward)
        .where(Reward.complaint_id == complaint_id, Reward.state.in_(LIVE))
        .options(raiseload("*"))
    ).one_or_none()


def of_reporter(session: Session, complaint_id: int) -> Reward | None:
    """For the tracking page: what the reporter of this very order may claim or has claimed."""
    return live_of(session, complaint_id)


def of_code(session: Session, officer: Officer, code: str) -> Reward | None:
    """The reward of the report with this tracking code, at the counter."""
    key = session.scalar(
        sa.select(Reward.id)
        .join(Complaint, Complaint.id == Reward.complaint_id)
        .where(Complaint.tracking_code == code, Reward.state.in_(LIVE), readable(officer))
    )
    return None if key is None else reward_for(session, officer, key)

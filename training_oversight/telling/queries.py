"""Questions to a reporter, for the office."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload

from training_oversight.complaints.models import Complaint
from training_oversight.telling.models import ComplaintQuestion


def questions(session: Session, complaint_id: int) -> Sequence[ComplaintQuestion]:
    """The newest first, with who asked."""
    return session.scalars(
        sa.select(ComplaintQuestion)
        .where(ComplaintQuestion.complaint_id == complaint_id)
        .options(
            joinedload(ComplaintQuestion.asked_by),
            joinedload(ComplaintQuestion.read_by),
            raiseload("*"),
        )
        .order_by(ComplaintQuestion.id.desc())
    ).all()


def open_question(session: Session, complaint_id: int) -> ComplaintQuestion | None:
    """The one that waits for its reply."""
    return session.scalars(
        sa.select(ComplaintQuestion).where(
            ComplaintQuestion.complaint_id == complaint_id,
            ComplaintQuestion.replied_at.is_(None),
        )
    ).one_or_none()


# A reply came that nobody of the office has read.
UNREAD = (
    sa.exists()
    .where(
        ComplaintQuestion.complaint_id == Complaint.id,
        ComplaintQuestion.replied_at.is_not(None),
        ComplaintQuestion.read_on.is_(None),
    )
    .correlate(Complaint)
)

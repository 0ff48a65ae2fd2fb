"""What was asked of the 12345 centre and waits for its answer to be entered."""

from __future__ import annotations

import sqlalchemy as sa

from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.placeholders import Asking
from training_oversight.accounts.worklist import Statement, WaitingKind
from training_oversight.complaints.models import Complaint, ComplaintRequest
from training_oversight.complaints.waiting import complaints
from training_oversight.complaints.workflow import OPEN
from training_oversight.texts import Text

UNANSWERED = (
    sa.exists()
    .where(ComplaintRequest.complaint_id == Complaint.id, ComplaintRequest.result.is_(None))
    .correlate(Complaint)
)


def to_enter(officer: Asking) -> Statement:
    return complaints(officer).where(Complaint.state.in_(OPEN), UNANSWERED)


WAITING = WaitingKind(
    "complaint-centre",
    "complaints.index",
    Text("Enter the centre's answer"),
    Permission.ASSIGN_COMPLAINT,
    to_enter,
    "orders.answer",
    "complaint_id",
)

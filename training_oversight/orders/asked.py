"""What of an order is asked of the 12345 centre, small facts about one record."""

from __future__ import annotations

from datetime import date

from training_oversight.complaints.kinds import Step
from training_oversight.complaints.models import Complaint, ComplaintRequest
from training_oversight.complaints.workflow import OPEN


def open_request(complaint: Complaint) -> ComplaintRequest | None:
    """What the centre has not answered yet."""
    return next((one for one in complaint.requests if one.result is None), None)


def may_be_asked(complaint: Complaint) -> bool:
    return complaint.outside_number is not None and complaint.state in OPEN


def answer_due(complaint: Complaint) -> date | None:
    """By when the answer is owed; nothing while nobody has accepted an order without a day."""
    days = [limit.due_on for limit in complaint.limits if limit.step is Step.ANSWER]
    return days[-1] if days else None

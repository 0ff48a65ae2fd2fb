"""What becomes of a complaint, in the words of who told it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from training_oversight.complaints.models import Complaint
from training_oversight.complaints.workflow import WITH_DEPARTMENT, ComplaintState
from training_oversight.texts import Text

S = ComplaintState
# By the steps that a reporter knows; what goes on between departments is none of them.
STATES = {
    S.RECEIVED: Text("Received"),
    S.ACCEPTED: Text("Taken up"),
    **dict.fromkeys(WITH_DEPARTMENT, Text("Being looked into")),
    S.ANSWERED: Text("Answered"),
    S.CLOSED: S.CLOSED.label,
    S.DECLINED: Text("Not taken up"),
}
MEANINGS = {
    S.RECEIVED: Text("It is with our desk; we have not said yet whether we take it up."),
    S.ACCEPTED: Text("We take it up and are giving it to the department that is responsible."),
    **dict.fromkeys(WITH_DEPARTMENT, Text("The responsible department is looking into it.")),
    S.ANSWERED: Text("The answer stands below."),
    S.CLOSED: Text("The answer stands below, and nothing more is open."),
    S.DECLINED: Text("It is not for us, or we cannot look into it."),
}


@dataclass(frozen=True)
class Followed:
    """What the tracking page says: the state, the day on which it came, and the public answer."""

    state: Text
    meaning: Text
    received_on: date
    answer: str
    answered_on: date | None


def followed(complaint: Complaint) -> Followed:
    """Of one that was merged, what has become of the order that took it in."""
    order = complaint.merged_into or complaint
    return Followed(
        STATES[order.state],
        MEANINGS[order.state],
        complaint.received_on,
        _words(complaint, order),
        order.answered_on or order.declined_on,
    )


def _words(complaint: Complaint, order: Complaint) -> str:
    """The answer to who asks, or why there is none."""
    return order.declined_words if order.state is S.DECLINED else complaint.told_as_answer

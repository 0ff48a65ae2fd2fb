"""How complaints look."""

from __future__ import annotations

from datetime import date

from training_oversight import clock
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.queries import Bounced, Raised
from training_oversight.complaints.workflow import ComplaintState
from training_oversight.inspections.models import Visit
from training_oversight.texts import Counted, Text
from training_oversight.web.components import Shape, Status, Tone
from training_oversight.web.time_left import days_left

SHAPES = {
    ComplaintState.RECEIVED: (Shape.NOT_BEGUN, Tone.INK),
    ComplaintState.ACCEPTED: (Shape.WAITING, Tone.BLUE),
    ComplaintState.ASSIGNED: (Shape.UNDER_WAY, Tone.INK),
    ComplaintState.OBJECTED: (Shape.WAITING, Tone.BLUE),
    ComplaintState.SUBMITTED: (Shape.WAITING, Tone.BLUE),
    ComplaintState.ANSWERED: (Shape.WAITING, Tone.BLUE),
    ComplaintState.CLOSED: (Shape.DONE, Tone.GREEN),
    ComplaintState.DECLINED: (Shape.ENDED, Tone.GREY),
    ComplaintState.MERGED: (Shape.ENDED, Tone.GREY),
}
# What it passes on the straight way; a review or an approval is on the way of its own.
PATH = (
    ComplaintState.RECEIVED,
    ComplaintState.ACCEPTED,
    ComplaintState.ASSIGNED,
    ComplaintState.ANSWERED,
    ComplaintState.CLOSED,
)


def state_of(complaint: Complaint) -> Status:
    shape, tone = SHAPES[complaint.state]
    return Status(shape, complaint.state.label, tone)


def time_of(complaint: Complaint, today: date) -> Status | None:
    """How it stands to the day that it owes; nothing once it is answered or has ended."""
    if complaint.due_on is None or complaint.owed is None:
        return None
    if complaint.due_on >= today:
        return days_left((complaint.due_on - today).days)
    days = (today - complaint.due_on).days
    return Status(
        Shape.OVERDUE,
        Counted("Overdue %(days)s day", "Overdue %(days)s days", days=days),
        Tone.RED,
    )


def raised(one: Raised) -> Status:
    """Why an order is raised."""
    words = Text(
        "%(count)s complaints about this place within %(days)s days",
        count=one.count,
        days=one.days,
    )
    return Status(Shape.SOON, words, Tone.AMBER)


def title_of(complaint: Complaint) -> Text:
    return Text("%(kind)s: %(place)s", kind=complaint.kind.label, place=complaint.where)


def bounced(seen: Bounced) -> list[Text]:
    """How often it was urged and objected to, for a row and the record."""
    found: list[Text] = []
    if seen.urged:
        found.append(Counted("Urged once", "Urged %(count)s times", count=seen.urged))
    if seen.objected:
        found.append(Counted("Objected to once", "Objected %(count)s times", count=seen.objected))
    return found


def spoken(code: str) -> str:
    """The code in groups, as one reads it aloud."""
    return f"{code[:3]} {code[3:6]} {code[6:]}"


def visit_words(visit: Visit) -> Text:
    return Text("%(day)s, %(kind)s", day=clock.day_of(visit.happened_at), kind=visit.kind.label)

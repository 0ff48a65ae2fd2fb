"""Letting go of who told it, once the county's days are over. The order itself stays."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.catalogue import queries as catalogue
from training_oversight.complaints import queries
from training_oversight.complaints.models import Complaint
from training_oversight.texts import Text
from training_oversight.vault import screening
from training_oversight.workflow import authorise

# Code of the limit. What is shipped is a suggestion, and deletes nothing.
KEPT = "contact_kept"
FORGOTTEN = EventType.declare(
    "complaint.contact_forgotten", Text("Contact deleted after the time of keeping")
)


def last_day(session: Session, authority_id: int, ended_on: date, *, today: date) -> date | None:
    """The last day on which the contact is kept; nothing before the county has set its days."""
    limit = catalogue.limit(session, KEPT, authority_id=authority_id, today=today)
    if limit.authority_id is None:
        return None
    calendar = catalogue.working_calendar(session, authority_id=authority_id)
    return limit.period.last_day(ended_on, calendar)


def over_before(session: Session, authority_id: int, *, today: date) -> date | None:
    """What ended before this day may be over; what ended on it or later is kept, whatever days
    off there are."""
    limit = catalogue.limit(session, KEPT, authority_id=authority_id, today=today)
    return None if limit.authority_id is None else today - timedelta(limit.length)


def forget(session: Session, complaint: Complaint, *, by: Officer, today: date) -> bool:
    """Delete the contact and cover what the reporter's own words tell of them.

    Says whether it was done; not before the last day is over, and not twice.
    """
    authorise(by, complaint, Permission.ASSIGN_COMPLAINT)
    database.locked(session, complaint)
    ended = queries.ended_on(complaint)
    if ended is None or complaint.contact_gone_on is not None:
        return False
    last = last_day(session, complaint.authority_id, ended, today=today)
    if last is None or today <= last:
        return False
    with audit.editing(session, complaint, FORGOTTEN, by=by):
        _let_go(session, complaint)
        complaint.reachable, complaint.contact_gone_on = False, today
    return True


def _let_go(session: Session, complaint: Complaint) -> None:
    contact = queries.contact_of(session, complaint)
    known = list(queries.words_of(contact)) if contact else []
    if contact is not None:
        session.delete(contact)
    complaint.words = screening.without_contacts(complaint.words, known)
    complaint.happened = screening.without_contacts(complaint.happened, known)
    complaint.wanted = screening.without_contacts(complaint.wanted, known)
    for call in complaint.callbacks:
        call.remark = screening.without_contacts(call.remark, known)

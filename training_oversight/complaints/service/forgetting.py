"""Letting go of who told it, once the county's days are over. The order itself stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.catalogue import keeping
from training_oversight.complaints import queries
from training_oversight.complaints.models import Complaint
from training_oversight.declared import Declared
from training_oversight.texts import Text
from training_oversight.vault import screening
from training_oversight.workflow import authorise

# Code of the limit.
KEPT = "contact_kept"
FORGOTTEN = EventType.declare(
    "complaint.contact_forgotten", Text("Contact deleted after the time of keeping")
)


Cover = Callable[[str], str]


@dataclass(frozen=True)
class OwnWords:
    """Where an upper area keeps words of a reporter: ``cover`` puts them through what it is given.

    The area declares it, and need not be known here.
    """

    kind: str
    cover: Callable[[Session, Complaint, Cover], None]


KEPT_ELSEWHERE: Declared[OwnWords] = Declared(lambda one: one.kind)


def forget(session: Session, complaint: Complaint, *, by: Officer, today: date) -> bool:
    """Delete the contact and cover what the reporter's own words tell of them.

    Says whether it was done; not before the last day is over, and not twice.
    """
    authorise(by, complaint, Permission.ASSIGN_COMPLAINT)
    database.locked(session, complaint)
    ended, county = queries.ended_on(complaint), complaint.authority_id
    if ended is None or complaint.contact_gone_on is not None:
        return False
    if not keeping.is_over(session, KEPT, ended, authority_id=county, today=today):
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
    for one in complaint.corrections:
        one.words = screening.without_contacts(one.words, known)
        one.happened = screening.without_contacts(one.happened, known)
        one.wanted = screening.without_contacts(one.wanted, known)
    for call in complaint.callbacks:
        call.remark = screening.without_contacts(call.remark, known)
    for elsewhere in KEPT_ELSEWHERE.values():
        elsewhere.cover(session, complaint, lambda text: screening.without_contacts(text, known))

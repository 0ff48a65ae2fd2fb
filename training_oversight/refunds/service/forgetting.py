"""Letting go of who a family is, once the county's days are over. What it got back stays."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.catalogue import keeping
from training_oversight.refunds import queries
from training_oversight.refunds.models import Refund
from training_oversight.texts import Text
from training_oversight.vault import screening
from training_oversight.workflow import authorise

# Code of the limit.
KEPT = "family_kept"
FORGOTTEN = EventType.declare(
    "refund.family_forgotten", Text("Family deleted after the time of keeping")
)


def forget(session: Session, refund: Refund, *, by: Officer, today: date) -> bool:
    """Delete names and number, and cover them in what was noted.

    Says whether it was done; not before the last day is over, and not twice.
    """
    authorise(by, refund, Permission.MANAGE_REFUND)
    database.locked(session, refund)
    ended, county = queries.ended_on(session, refund), refund.authority_id
    if ended is None or refund.family_gone_on is not None:
        return False
    if not keeping.is_over(session, KEPT, ended, authority_id=county, today=today):
        return False
    with audit.editing(session, refund, FORGOTTEN, by=by):
        _let_go(refund)
        refund.family_gone_on = today
    return True


def _let_go(refund: Refund) -> None:
    known = (refund.parent, refund.phone, refund.pupil)
    refund.course = screening.without_contacts(refund.course, known)
    for part in refund.parts:
        part.note = screening.without_contacts(part.note, known)
        part.void_reason = screening.without_contacts(part.void_reason, known)
    refund.parent = refund.phone = refund.phone_mark = None
    refund.pupil = refund.pupil_mark = None

"""Who called: read by the desk and the named handler, each time with a reason."""

from __future__ import annotations

from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.complaints import queries
from training_oversight.complaints.models import Complaint, ComplaintContact
from training_oversight.errors import NotPermitted
from training_oversight.texts import Text
from training_oversight.vault import looking
from training_oversight.workflow import in_scope

ONLY = Text("Only the desk and the named handler read who called.")


def look(
    session: Session, complaint: Complaint, *, why: str, by: Officer
) -> ComplaintContact | None:
    """The contact, opened; the look stands in the history. Nothing, if none was left or it was
    deleted after the time of keeping."""
    in_scope(by, complaint)
    if not queries.may_see_reporter(by, complaint):
        raise NotPermitted(ONLY)
    contact = queries.contact_of(session, complaint)
    known = list(queries.words_of(contact)) if contact else []
    looking.look(session, complaint, why=why, by=by, names=known)
    return contact

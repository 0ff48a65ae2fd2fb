"""Who called: read by the desk and the named handler, each time with a reason."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session, undefer_group

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
    looking.look(session, complaint, why=why, by=by)
    return session.scalars(
        sa.select(ComplaintContact)
        .where(ComplaintContact.complaint_id == complaint.id)
        .options(undefer_group("sealed"))
    ).one_or_none()

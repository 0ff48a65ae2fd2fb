"""What several people have told of one thing becomes one order; each keeps code and call-back."""

from __future__ import annotations

from sqlalchemy.orm import Session

from training_oversight import audit, database, workflow
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.audit.differences import difference, snapshot
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.service import limits
from training_oversight.complaints.workflow import OPEN, ComplaintVerb
from training_oversight.errors import BadInput, Blocked
from training_oversight.texts import Text
from training_oversight.workflow import authorise

JOINED = EventType.declare(
    "complaint.joined", Text("Another reporter added to the order"), ["number"]
)


def merge(
    session: Session,
    complaint: Complaint,
    into: Complaint,
    *,
    by: Officer,
    version: int | None = None,
) -> None:
    """Put it into another order about the same thing. The reporter keeps code and call-back, and
    is answered no later than was owed before."""
    # In the order of their keys, so that two who merge at once do not wait for each other.
    for one in sorted((complaint, into), key=lambda each: each.id):
        database.locked(session, one)
    authorise(by, into, Permission.ASSIGN_COMPLAINT)
    if into.id == complaint.id or into.authority_id != complaint.authority_id:
        sentence = Text("Choose another order of this county.")
        raise BadInput(sentence, {"into": sentence})
    if into.state not in OPEN:
        raise Blocked(
            Text("%(number)s is answered or has ended; nothing goes into it.", number=into.number)
        )
    if complaint.merged:
        raise Blocked(Text("Others were merged into this order; merge the other one into it."))
    with workflow.moving(
        session,
        complaint,
        ComplaintVerb.MERGE,
        by=by,
        version=version,
        into=into.number,
    ):
        complaint.merged_into = into
        limits.owe(complaint, None)
    before = snapshot(into)
    limits.keep_the_earliest(session, [into], by=by)
    limits.owe(into, into.owed)
    changes = difference(before, snapshot(into))
    audit.record(session, into, JOINED, by=by, changes=changes, number=complaint.number)

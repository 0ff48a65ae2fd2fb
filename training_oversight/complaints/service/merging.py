"""What several people have told of one thing becomes one order; each keeps code and call-back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from training_oversight import audit, database, workflow
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.audit.bulk import Entry, record_many
from training_oversight.audit.differences import difference, snapshot
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.service import limits
from training_oversight.complaints.workflow import COMPLAINT_WORKFLOW, OPEN, ComplaintVerb
from training_oversight.errors import BadInput, Blocked
from training_oversight.texts import Text
from training_oversight.workflow import acted_for, authorise, stepped

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
    """Put it into another order about the same thing. The reporter keeps code and call-back."""
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
    audit.record(session, into, JOINED, by=by, number=complaint.number)


def merge_all(
    session: Session, pairs: Sequence[tuple[Complaint, Complaint]], *, by: Officer
) -> None:
    """The same for many orders that were made just now, each into another that the caller has
    locked and found open: few statements however many."""
    for _complaint, into in pairs:
        authorise(by, into, Permission.ASSIGN_COMPLAINT)
    before = [snapshot(complaint) for complaint, _into in pairs]
    with session.no_autoflush:
        states = [_joined(complaint, into, by=by) for complaint, into in pairs]
    session.flush()
    kind = COMPLAINT_WORKFLOW.events[ComplaintVerb.MERGE]
    acting = acted_for(by, Permission.ASSIGN_COMPLAINT)
    moved = []
    numbers: dict[int, tuple[Complaint, list[str]]] = {}
    for (complaint, into), old, passed in zip(pairs, before, states, strict=True):
        changes = difference(old, snapshot(complaint))
        changes.pop("state", None)
        facts = {"into": into.number, **acting}
        moved.append(Entry(complaint, kind, changes, states=passed, facts=facts))
        numbers.setdefault(into.id, (into, []))[1].append(complaint.number)
    record_many(session, moved, by=by)
    joined = [
        Entry(into, JOINED, facts={"number": "、".join(several)})
        for into, several in numbers.values()
    ]
    record_many(session, joined, by=by)


def _joined(complaint: Complaint, into: Complaint, *, by: Officer) -> tuple[str, str]:
    passed = stepped(complaint, ComplaintVerb.MERGE, by=by)
    complaint.merged_into = into
    limits.owe(complaint, None)
    return passed

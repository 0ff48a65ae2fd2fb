"""Callers of a list who told of the same as an open order: each is added to it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit.bulk import Entry, record_many
from training_oversight.audit.differences import difference, snapshot
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.service import limits
from training_oversight.complaints.service.merging import JOINED
from training_oversight.complaints.workflow import COMPLAINT_WORKFLOW, ComplaintVerb
from training_oversight.workflow import acted_for, authorise, stepped


def merge_all(
    session: Session, pairs: Sequence[tuple[Complaint, Complaint]], *, by: Officer
) -> None:
    """``complaints.service.merge`` for many orders that were made just now, each into another that
    the caller has locked and found open: few statements however many."""
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
    orders = [into for into, _several in numbers.values()]
    held = [snapshot(into) for into in orders]
    limits.keep_the_earliest(session, orders, by=by)
    for into in orders:
        limits.owe(into, into.owed)
    session.flush()
    joined = [
        Entry(
            into,
            JOINED,
            difference(old, snapshot(into)),
            facts={"number": "、".join(several)},
        )
        for old, (into, several) in zip(held, numbers.values(), strict=True)
    ]
    record_many(session, joined, by=by)


def _joined(complaint: Complaint, into: Complaint, *, by: Officer) -> tuple[str, str]:
    passed = stepped(complaint, ComplaintVerb.MERGE, by=by)
    complaint.merged_into = into
    limits.owe(complaint, None)
    return passed

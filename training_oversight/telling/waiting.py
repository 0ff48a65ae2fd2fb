"""Replies of reporters that wait to be read."""

from __future__ import annotations

from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.placeholders import Asking
from training_oversight.accounts.worklist import Statement, WaitingKind
from training_oversight.complaints.waiting import complaints
from training_oversight.telling.queries import UNREAD
from training_oversight.texts import Text


def to_read(officer: Asking) -> Statement:
    return complaints(officer).where(UNREAD)


WAITING = WaitingKind(
    "complaint-reply",
    "complaints.index",
    Text("Read the reply of the reporter"),
    Permission.ASSIGN_COMPLAINT,
    to_read,
    "complaints.show",
    "complaint_id",
)

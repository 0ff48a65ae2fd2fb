"""That a table of the centre's orders left the building."""

from __future__ import annotations

from sqlalchemy.orm import Session

from training_oversight import audit
from training_oversight.accounts.models import Authority, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.texts import Text
from training_oversight.workflow import authorise

EXPORTED = EventType.declare(
    "orders.exported", Text("States of the centre's orders exported"), ["rows"]
)


def record_export(session: Session, authority: Authority, *, rows: int, by: Officer) -> None:
    authorise(by, by, Permission.ASSIGN_COMPLAINT)
    audit.record(session, authority, EXPORTED, by=by, rows=rows)

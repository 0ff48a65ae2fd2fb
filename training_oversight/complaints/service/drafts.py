"""What a clerk has typed of a call: kept while they type, gone with the saved order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts.authorising import authorise
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.complaints.models import ComplaintDraft


def save(session: Session, typed: Mapping[str, str], *, by: Officer, now: datetime) -> None:
    """Keep what stands in the form; it replaces what was kept before."""
    authorise(by, by, Permission.LOG_COMPLAINT)
    content = json.dumps(dict(typed), ensure_ascii=False)
    held = session.get(ComplaintDraft, by.id)
    if held is None:
        session.add(ComplaintDraft(officer_id=by.id, content=content, saved_at=now))
    else:
        held.content, held.saved_at = content, now


def drop(session: Session, *, by: Officer) -> None:
    """The order is saved, or the clerk clears the page."""
    authorise(by, by, Permission.LOG_COMPLAINT)
    session.execute(sa.delete(ComplaintDraft).where(ComplaintDraft.officer_id == by.id))

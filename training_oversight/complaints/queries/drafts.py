"""What a clerk has typed and not yet saved."""

from __future__ import annotations

import json
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, undefer

from training_oversight.accounts.models import Officer
from training_oversight.complaints.models import ComplaintDraft


def draft_of(session: Session, officer: Officer) -> tuple[dict[str, str], datetime] | None:
    """What the officer has typed and when it was kept; nothing if nothing is there or opens."""
    found = session.scalars(
        sa.select(ComplaintDraft)
        .where(ComplaintDraft.officer_id == officer.id)
        .options(undefer(ComplaintDraft.content))
    ).one_or_none()
    if found is None or not found.content:
        return None
    return json.loads(found.content), found.saved_at

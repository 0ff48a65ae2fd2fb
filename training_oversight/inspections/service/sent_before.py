"""What a phone sends a second time, as it never heard that the first had arrived."""

from __future__ import annotations

import re
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.inspections.models import Visit
from training_oversight.workflow import authorise

WRITTEN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


def client_key(typed: str | None) -> UUID | None:
    """The key that a form carries; nothing for what is none, so that it is one more visit."""
    return UUID(typed) if typed and WRITTEN.fullmatch(typed) else None


def sent_before(session: Session, key: UUID | None, *, by: Officer) -> Visit | None:
    """The visit that came in under this key already, if one did."""
    if key is None:
        return None
    found = session.scalars(
        sa.select(Visit).where(Visit.authority_id == by.authority_id, Visit.client_key == str(key))
    ).one_or_none()
    if found is not None:
        authorise(by, found, Permission.LOG_VISIT)
    return found

"""Visits that have begun or been and that nobody has approved, or said to need no approval."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, raiseload, selectinload

from training_oversight.accounts.models import Officer
from training_oversight.accounts.placeholders import Asking
from training_oversight.inspections.models import Visit
from training_oversight.registry.models import Institution


def to_approve(officer: Officer | Asking, keys: Sequence[int] | None = None) -> sa.Select[Visit]:
    """The oldest first where the caller says so; ``keys`` narrows it to those that were ticked."""
    wanted = (
        sa.select(Visit)
        .where(officer.scope.clause(Visit.division_path), Visit.lacking_approval())
        .options(
            joinedload(Visit.institution).joinedload(Institution.division),
            selectinload(Visit.officers),
            raiseload("*"),
        )
    )
    return wanted if keys is None else wanted.where(Visit.id.in_(keys))

"""Visits that have begun or been and that nobody has approved, or said to need no approval."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, raiseload, selectinload

from training_oversight.accounts.models import Officer
from training_oversight.accounts.placeholders import Asking
from training_oversight.inspections.models import Approval, Visit
from training_oversight.inspections.workflow import VisitState
from training_oversight.registry.models import Institution

# The same as ``Visit.lacks_approval``, for a list.
LACKING = sa.and_(
    Visit.approval.in_([Approval.TO_FOLLOW, Approval.UNSTATED]),
    Visit.state != VisitState.PLANNED,
)


def to_approve(officer: Officer | Asking, keys: Sequence[int] | None = None) -> sa.Select[Visit]:
    """The oldest first where the caller says so; ``keys`` narrows it to those that were ticked."""
    wanted = (
        sa.select(Visit)
        .where(officer.scope.clause(Visit.division_path), LACKING)
        .options(
            joinedload(Visit.institution).joinedload(Institution.division),
            selectinload(Visit.officers),
            raiseload("*"),
        )
    )
    return wanted if keys is None else wanted.where(Visit.id.in_(keys))

"""Limits that were counted across a year whose days off were not arranged yet."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from training_oversight.accounts.models import Scope
from training_oversight.ledger.models import OWED, RectificationItem
from training_oversight.registry.models import Institution

Item = RectificationItem


def provisional(session: Session, scope: Scope) -> Sequence[Item]:
    """What is still on the ledger with such a limit, the first last day before the others."""
    return session.scalars(
        sa.select(Item)
        .where(
            scope.clause(Item.division_path),
            Item.state.in_(OWED),
            sa.or_(Item.due_provisional, Item.second_provisional),
        )
        .order_by(Item.sort_due, Item.id)
        .options(
            joinedload(Item.institution).load_only(Institution.name), selectinload(Item.limits)
        )
    ).all()

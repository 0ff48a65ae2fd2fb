"""Lists that were sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer, joinedload, raiseload

from training_oversight.accounts.models import Scope
from training_oversight.errors import NotFound
from training_oversight.orders.models import OrderList

LATEST = 10


def get(session: Session, list_id: int, *, scope: Scope) -> OrderList:
    """One list. Raises ``NotFound`` outside the scope."""
    found = session.scalars(
        sa.select(OrderList)
        .where(OrderList.id == list_id, scope.clause(OrderList.division_path))
        .options(joinedload(OrderList.sent_by), raiseload("*"))
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def latest(session: Session, authority_id: int, *, scope: Scope) -> Sequence[OrderList]:
    return session.scalars(
        sa.select(OrderList)
        .where(
            OrderList.authority_id == authority_id,
            scope.clause(OrderList.division_path),
            sa.or_(OrderList.file_sha256.is_not(None), OrderList.finished_at.is_not(None)),
        )
        .options(
            defer(OrderList.rejected, raiseload=True),
            joinedload(OrderList.sent_by),
            raiseload("*"),
        )
        .order_by(OrderList.id.desc())
        .limit(LATEST)
    ).all()


def waiting_since(session: Session, before: datetime, *, scope: Scope) -> Sequence[int]:
    """The keys of those that were sent before and that nobody took over."""
    return session.scalars(
        sa.select(OrderList.id).where(
            OrderList.file_sha256.is_not(None),
            OrderList.sent_at < before,
            scope.clause(OrderList.division_path),
        )
    ).all()

"""Checks of old ledgers that were made."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer, joinedload

from training_oversight.accounts.models import Scope
from training_oversight.errors import NotFound
from training_oversight.intake.models import LedgerCheck

LATEST = 10


def get(session: Session, check_id: int, *, scope: Scope) -> LedgerCheck:
    """One check. Raises ``NotFound`` outside the scope."""
    found = session.scalars(
        sa.select(LedgerCheck)
        .where(LedgerCheck.id == check_id, scope.clause(LedgerCheck.division_path))
        .options(joinedload(LedgerCheck.made_by).raiseload("*"))
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def latest(session: Session, scope: Scope) -> Sequence[sa.Row[tuple[LedgerCheck, int]]]:
    """The last checks and how many findings each has or had, without reading these."""
    return session.execute(
        sa.select(LedgerCheck, LedgerCheck.summary["total"].as_integer())
        .where(scope.clause(LedgerCheck.division_path))
        .options(
            defer(LedgerCheck.findings, raiseload=True),
            joinedload(LedgerCheck.made_by).raiseload("*"),
        )
        .order_by(LedgerCheck.id.desc())
        .limit(LATEST)
    ).all()

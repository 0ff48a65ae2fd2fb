"""Refunds of which nothing is owed any more, for letting go of who the family is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.refunds.models import Refund
from training_oversight.refunds.workflow import RefundState
from training_oversight.workflow import past_states

ENDS = (RefundState.SETTLED, RefundState.WITHDRAWN)


def ended_before(session: Session, authority_id: int, day: date) -> Sequence[int]:
    """Those that ended before that day and whose family is still on file."""
    return session.scalars(
        sa.select(Refund.id)
        .where(
            Refund.authority_id == authority_id,
            Refund.family_gone_on.is_(None),
            Refund.state.in_(ENDS),
            past_states.last_moved(Refund) < day,
        )
        .order_by(Refund.id)
    ).all()


def ended_on(session: Session, refund: Refund) -> date | None:
    """The same of one; nothing while something may still be owed."""
    if refund.state not in ENDS:
        return None
    return session.scalar(sa.select(past_states.last_moved(Refund)).where(Refund.id == refund.id))

"""What families without an account may read: the event of a code, and their own refund."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload

from training_oversight.refunds import codes
from training_oversight.refunds.models import ClosingEvent, Refund
from training_oversight.refunds.workflow import EventState
from training_oversight.vault import sealing

LONGEST_CODE = 40


def open_event(session: Session, typed: str) -> ClosingEvent | None:
    """The event of this code, while families can sign up."""
    return session.scalars(
        sa.select(ClosingEvent)
        .where(
            ClosingEvent.code == codes.typed(typed[:LONGEST_CODE]),
            ClosingEvent.state == EventState.OPEN,
        )
        .options(joinedload(ClosingEvent.institution))
    ).one_or_none()


def own_refund(session: Session, typed: str, phone: str) -> Refund | None:
    """The refund of this code, for who knows the telephone number of the family, too."""
    marks: Sequence[str] = sealing.marks(phone)
    return session.scalars(
        sa.select(Refund)
        .where(Refund.code == codes.typed(typed[:LONGEST_CODE]), Refund.phone_mark.in_(marks))
        .options(joinedload(Refund.institution), raiseload("*"))
    ).one_or_none()

"""What was served before: papers of a type, and orders that make a repeat of a violation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, raiseload

from training_oversight.ledger.models import RectificationItem
from training_oversight.notices import effects
from training_oversight.notices.models import Notice, NoticeItem
from training_oversight.notices.workflow import NoticeState

TWO_YEARS = 2


def earlier_served(session: Session, notice: Notice, *, today: date) -> Sequence[Notice]:
    """Papers of the same type served on the same institution within two years."""
    return session.scalars(
        sa.select(Notice)
        .where(
            Notice.institution_id == notice.institution_id,
            Notice.series == notice.series,
            Notice.state == NoticeState.SERVED,
            Notice.served_on > _years_before(today, TWO_YEARS),
            Notice.id != notice.id,
        )
        .order_by(Notice.served_on.desc())
        .options(raiseload("*"))
    ).all()


def ordered_before(session: Session, item: RectificationItem) -> bool:
    """Whether an order about the same kind of violation was served here before this was found."""
    earlier = (
        sa.select(NoticeItem.id)
        .join(Notice, Notice.id == NoticeItem.notice_id)
        .join(RectificationItem, RectificationItem.id == NoticeItem.item_id)
        .where(
            Notice.institution_id == item.institution_id,
            Notice.state == NoticeState.SERVED,
            Notice.effect.in_(effects.those(lambda one: one.orders)),
            Notice.served_on < item.found_on,
            Notice.served_on >= _years_before(item.found_on, TWO_YEARS),
            RectificationItem.violation_code == item.violation_code,
            RectificationItem.id != item.id,
        )
    )
    return session.scalar(sa.select(earlier.exists())) or False


def repeated_items(session: Session, institution_id: int) -> Sequence[RectificationItem]:
    """The items of an institution that are marked as repeats."""
    return session.scalars(
        sa.select(RectificationItem)
        .where(
            RectificationItem.institution_id == institution_id,
            RectificationItem.repeated.is_(True),
        )
        .order_by(RectificationItem.id)
    ).all()


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)

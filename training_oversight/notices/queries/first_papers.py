"""Open items without a deadline: the paper that is to set it, drafted or not."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, contains_eager, lazyload, raiseload, selectinload

from training_oversight.accounts.models import Officer
from training_oversight.ledger.models import RectificationItem
from training_oversight.ledger.workflow import ItemState
from training_oversight.notices.models import Notice, NoticeItem
from training_oversight.notices.queries.notices import PENDING, _drafter
from training_oversight.notices.workflow import NoticeState

InCharge = aliased(Officer)


@dataclass(frozen=True)
class NextPaper:
    """What an item waits for: a paper on its way, or one that somebody has to draft."""

    item_id: int
    officer_in_charge: Officer | None
    notice: Notice | None


def next_of_items(session: Session, item_ids: Sequence[int]) -> list[NextPaper]:
    """For open items without a deadline, except those whose paper was served and gave none."""
    rows = session.execute(_papers(ITEM_IDS), {"item_ids": item_ids})
    found: dict[int, NextPaper] = {}
    served: set[int] = set()
    for item_id, charge, notice in rows:
        if notice is not None and notice.state is NoticeState.SERVED:
            served.add(item_id)
        elif notice is not None or item_id not in found:
            found[item_id] = NextPaper(item_id, charge, notice)
    return [one for one in found.values() if one.notice or one.item_id not in served]


ITEM_IDS: sa.BindParameter[Sequence[int]] = sa.bindparam("item_ids", expanding=True)


@functools.cache
def _papers(
    item_ids: sa.BindParameter[Sequence[int]],
) -> sa.Select[int, Officer | None, Notice | None]:
    """Built once: every list of items asks it."""
    item = RectificationItem
    return (
        sa.select(item.id, InCharge, Notice)
        .outerjoin(InCharge, InCharge.id == item.officer_in_charge_id)
        .outerjoin(NoticeItem, NoticeItem.item_id == item.id)
        .outerjoin(
            Notice,
            sa.and_(
                Notice.id == NoticeItem.notice_id,
                Notice.state.in_([*PENDING, NoticeState.SERVED]),
            ),
        )
        .outerjoin(Notice.institution)
        .outerjoin(Notice.drafted_by)
        .where(
            item.id.in_(item_ids),
            item.state == ItemState.OPEN,
            item.without_deadline(),
        )
        .order_by(item.id, Notice.id)
        .options(
            contains_eager(Notice.institution),
            _drafter(contains_eager(Notice.drafted_by)),
            # Whoever is in charge may be who is asking, too.
            lazyload(InCharge.role_rows),
            # One that is being announced waits for that to end.
            selectinload(Notice.services).raiseload("*"),
            raiseload("*"),
        )
    )


def to_draft() -> sa.ColumnElement[bool]:
    """Whether ``next_of_items`` names a paper that somebody has to draft: it would be the first."""
    return ~_in_paper(*PENDING, NoticeState.SERVED)


def served_in_vain() -> sa.ColumnElement[bool]:
    """Whether ``next_of_items`` names none: the paper was served, and no other is on its way."""
    return sa.and_(_in_paper(NoticeState.SERVED), ~_in_paper(*PENDING))


def _in_paper(*states: NoticeState) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        NoticeItem.item_id == RectificationItem.id,
        Notice.id == NoticeItem.notice_id,
        Notice.state.in_(states),
    )

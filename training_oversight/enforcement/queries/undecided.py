"""Open items in a case that waits for its decision: that is their next step then.

Once the case is convened or set aside, or the institution has reported, they go their own way
again. Desk, ledger and the page of the item all ask here.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.enforcement.models import JointCase, JointCaseItem
from training_oversight.enforcement.workflow import CaseState
from training_oversight.ledger.models import RectificationItem
from training_oversight.ledger.workflow import ItemState

_UNDECIDED = (
    JointCaseItem.item_id == RectificationItem.id,
    JointCaseItem.left_on.is_(None),
    JointCase.id == JointCaseItem.case_id,
    JointCase.state == CaseState.RAISED,
    # Written as “no other state”, or SQLite would read all open items instead of these.
    RectificationItem.state.not_in([one for one in ItemState if one is not ItemState.OPEN]),
)


def undecided() -> sa.ColumnElement[bool]:
    """Whether an item waits for the decision on its case."""
    return sa.exists().where(*_UNDECIDED).correlate(RectificationItem)


def undecided_cases(session: Session, item_ids: Sequence[int]) -> Mapping[int, int]:
    """Item -> the case on which somebody has to decide first."""
    rows = session.execute(_of_items(ITEM_IDS), {"item_ids": item_ids})
    return {row[0]: row[1] for row in rows}


ITEM_IDS: sa.BindParameter[Sequence[int]] = sa.bindparam("item_ids", expanding=True)


@functools.cache
def _of_items(item_ids: sa.BindParameter[Sequence[int]]) -> sa.Select[int, int]:
    """Built once: every list of items asks it."""
    return sa.select(JointCaseItem.item_id, JointCase.id).where(
        JointCaseItem.item_id.in_(item_ids), *_UNDECIDED
    )

"""The open items of an officer who hands their work over."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit.bulk import Entry, record_many
from training_oversight.ledger.models import RectificationItem
from training_oversight.ledger.queries import in_charge_of
from training_oversight.ledger.service.registering import EDITED
from training_oversight.workflow import authorise


def hand_over(session: Session, giver: Officer, *, taker: Officer, by: Officer) -> int:
    """Everything on the ledger that one officer is responsible for goes to another.

    What the other has verified stays: who verifies is not responsible for it as well.
    """
    items = session.scalars(
        sa.select(RectificationItem)
        .where(
            in_charge_of(giver, by.scope),
            RectificationItem.authority_id == taker.authority_id,
            RectificationItem.verified_by_id.is_distinct_from(taker.id),
        )
        .order_by(RectificationItem.id)
        .with_for_update(of=RectificationItem)
        .execution_options(populate_existing=True)
    ).all()
    for item in items:
        authorise(by, item, Permission.MANAGE_ITEM)
        item.officer_in_charge_id = taker.id
        session.expire(item, ["officer_in_charge"])
    change = {"officer_in_charge_id": [giver.id, taker.id]}
    record_many(session, [Entry(item, EDITED, change) for item in items], by=by)
    return len(items)

"""Whose the open items are: handed over as a whole, given to one officer for a selection."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.service import check_at_work
from training_oversight.audit.bulk import Entry, record_many
from training_oversight.errors import BadInput, NotFound
from training_oversight.ledger.models import RectificationItem
from training_oversight.ledger.queries import count_chosen, in_charge_of, live
from training_oversight.ledger.service.registering import EDITED
from training_oversight.texts import Text
from training_oversight.workflow import authorise


def assign_many(
    session: Session, item_ids: Sequence[int], *, officer: Officer, by: Officer, today: date
) -> int:
    """Make an officer responsible for all of these; how many were not theirs before.

    What has left the ledger stays as it is. Raises ``NotFound`` for an item of another ground,
    ``BadInput`` for an officer who cannot be responsible for one of them.
    """
    authorise(by, by, Permission.MANAGE_ITEM)
    check_at_work(officer, on=today, field="officer_id")
    if count_chosen(session, by, item_ids) < len(set(item_ids)):
        raise NotFound
    items = _locked(session, RectificationItem.id.in_(item_ids), live())
    moved = [one for one in items if one.officer_in_charge_id != officer.id]
    _may_have(officer, moved)
    _give(session, moved, officer, by=by)
    return len(moved)


def _may_have(officer: Officer, items: Sequence[RectificationItem]) -> None:
    if any(one.authority_id != officer.authority_id for one in items):
        sentence = Text("The officer in charge must belong to the same authority.")
        raise BadInput(sentence, {"officer_id": sentence})
    verified = [one.number for one in items if one.verified_by_id == officer.id]
    if verified:
        sentence = Text(
            "%(name)s verified %(numbers)s and cannot be responsible for it as well.",
            name=officer.name,
            numbers="、".join(verified),
        )
        raise BadInput(sentence, {"officer_id": sentence})


def hand_over(session: Session, giver: Officer, *, taker: Officer, by: Officer) -> int:
    """Everything on the ledger that one officer is responsible for goes to another.

    What the other has verified stays: who verifies is not responsible for it as well.
    """
    items = _locked(
        session,
        in_charge_of(giver, by.scope),
        RectificationItem.authority_id == taker.authority_id,
        RectificationItem.verified_by_id.is_distinct_from(taker.id),
    )
    for item in items:
        authorise(by, item, Permission.MANAGE_ITEM)
    _give(session, items, taker, by=by)
    return len(items)


def _locked(session: Session, *which: sa.ColumnElement[bool]) -> Sequence[RectificationItem]:
    return session.scalars(
        sa.select(RectificationItem)
        .where(*which)
        .order_by(RectificationItem.id)
        .with_for_update(of=RectificationItem)
        .execution_options(populate_existing=True)
    ).all()


def _give(
    session: Session, items: Sequence[RectificationItem], taker: Officer, *, by: Officer
) -> None:
    entries = [
        Entry(one, EDITED, {"officer_in_charge_id": [one.officer_in_charge_id, taker.id]})
        for one in items
    ]
    for item in items:
        item.officer_in_charge_id = taker.id
        session.expire(item, ["officer_in_charge"])
    record_many(session, entries, by=by)

"""Writing a part of a list: new orders, callers added to open ones, and what the centre changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, raiseload, selectinload

from training_oversight import database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.audit.bulk import Entry, record_many
from training_oversight.audit.differences import difference, snapshot
from training_oversight.catalogue import numbers
from training_oversight.complaints.kinds import LimitBasis, Step
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.service import limits, log_all
from training_oversight.complaints.service.taking import SERIES
from training_oversight.complaints.workflow import OPEN
from training_oversight.intake.queries import Ground
from training_oversight.orders import judging
from training_oversight.orders.judging import Earlier, Judged, Outcome
from training_oversight.orders.rows import Order, Refused
from training_oversight.orders.service.merging import merge_all
from training_oversight.texts import Text
from training_oversight.workflow import authorise

CHANGED = EventType.declare(
    "complaint.order_changed", Text("Changed by a list of the centre"), ["row", "day"]
)


def take_over(
    session: Session,
    rows: Iterable[Order | Refused],
    ground: Ground,
    earlier: Earlier,
    *,
    by: Officer,
    today: date,
) -> list[Judged]:
    """Judge and write a part of a list; what is here already is not written a second time."""
    authorise(by, ground.county, Permission.LOG_COMPLAINT)
    authorise(by, ground.county, Permission.ASSIGN_COMPLAINT)
    # Two who send the same list at once: the second one finds what the first has written.
    numbers.hold(session, authority_id=ground.authority.id, series=SERIES, year=today.year)
    judged = judging.judge(session, rows, ground, earlier, today=today)
    _create(session, judged, ground, by=by, today=today)
    _merge(session, judged, by=by)
    _change(session, [one for one in judged if one.outcome is Outcome.CHANGED], by=by)
    return judged


def _create(
    session: Session, judged: Sequence[Judged], ground: Ground, *, by: Officer, today: date
) -> None:
    new = [one for one in judged if one.outcome in (Outcome.CREATED, Outcome.MERGED)]
    calls = [(one.told(ground), one.order.reporter) for one in new if one.order is not None]
    made = log_all(session, calls, by=by, now=database.instant(session), today=today)
    for one, complaint in zip(new, made, strict=True):
        one.complaint = complaint


def _merge(session: Session, judged: Sequence[Judged], *, by: Officer) -> None:
    pairs = []
    for one in judged:
        into = one.into.complaint if isinstance(one.into, Judged) else one.into
        if one.complaint is not None and into is not None:
            pairs.append((one.complaint, into))
    merge_all(session, pairs, by=by)


def _change(session: Session, judged: Sequence[Judged], *, by: Officer) -> None:
    """A day reaches the order that answers for it: the one into which this one was merged."""
    rows = {one.complaint.id: one.row for one in judged if one.complaint}
    news = [(order, here) for one in judged if (order := one.order) and (here := one.complaint)]
    above = _taking_in(session, [here for _order, here in news])
    for one in judged:
        if one.complaint is not None and one.complaint.merged_into_id is not None:
            rows.setdefault(one.complaint.merged_into_id, one.row)
    every = {each.id: each for each in (*(here for _order, here in news), *above)}
    before = {key: snapshot(each) for key, each in every.items()}
    for order, here in news:
        _take_news(order, here, by=by)
    session.flush()
    owing = [each for each in every.values() if each.state in OPEN]
    limits.keep_the_earliest(session, owing, by=by)
    for each in owing:
        limits.owe(each, each.owed)
    session.flush()
    told = {here.id for _order, here in news}
    entries = [
        Entry(each, CHANGED, changes, facts={"row": rows[key], "day": each.due_on})
        for key, each in every.items()
        if (changes := difference(before[key], snapshot(each))) or key in told
    ]
    record_many(session, entries, by=by)


def _taking_in(session: Session, merged: Sequence[Complaint]) -> Sequence[Complaint]:
    """The open orders into which these were merged, kept from others until the end."""
    keys = {one.merged_into_id for one in merged if one.merged_into_id is not None}
    if not keys:
        return []
    return session.scalars(
        sa.select(Complaint)
        .where(Complaint.id.in_(keys), Complaint.state.in_(OPEN))
        .options(selectinload(Complaint.limits), raiseload("*"))
        .order_by(Complaint.id)
        .with_for_update(of=Complaint)
        .execution_options(populate_existing=True)
    ).all()


def _take_news(order: Order, here: Complaint, *, by: Officer) -> None:
    if judging.brings_words(order, here):
        here.words = f"{here.words}\n\n{order.words}"
    if order.due_on is None or not judging.brings_day(order, here):
        return
    limits.fix(
        here,
        Step.ANSWER,
        order.due_on,
        from_day=here.received_on,
        basis=LimitBasis.ORDER,
        source=order.number,
        by=by,
    )

"""整改情况: what was ordered and is still owed, and what was written off since the last batch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.catalogue import queries as catalogue
from training_oversight.ledger.clocks import LimitKind
from training_oversight.ledger.models import OWED, WITH_OFFICE, RectificationItem
from training_oversight.ledger.workflow import ItemState
from training_oversight.notices import effects, publishing, wording
from training_oversight.notices.publishing import CHECK_AHEAD, PublicStatus
from training_oversight.publication.rules import (
    ListColumn,
    ListRule,
    ListStatus,
    Occasion,
    Place,
    Proposed,
    Value,
)
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.web.components import Shape, Tone

P = PublicStatus

COLUMNS = (
    ListColumn("name", Text("Name of the institution"), Place.NAME, masked=True),
    publishing.TOWNSHIP,
    ListColumn("kind", Text("Kind"), Place.BENEATH),
    ListColumn("problem", Text("Problem")),
    ListColumn(*("found_on", Text("Found on"), Place.ENTRY, publishing.FOUND), is_day=True),
    ListColumn("served_on", Text("Served on"), Place.ENTRY, Text("Notice served"), is_day=True),
    ListColumn("due_on", Text("To be put right by"), is_day=True),
    ListColumn(
        *("reported_on", Text("Reported on"), Place.STATUS),
        step=Text("The institution reported it as done"),
        is_day=True,
    ),
    publishing.FINISHED,
)

# No red: an entry is not a verdict.
STATUSES = (
    ListStatus(
        *(P.RECTIFIED, P.RECTIFIED.label),
        Text("Checked and found put right; the problem was written off the ledger."),
        Shape.DONE,
        Tone.GREEN,
    ),
    ListStatus(
        *(P.WAITING, P.WAITING.label),
        Text("The institution says it is done; our check is not finished yet."),
        Shape.WAITING,
        Tone.BLUE,
        ahead=CHECK_AHEAD,
    ),
    ListStatus(
        *(P.RECTIFYING, P.RECTIFYING.label),
        Text("Within the time that was set, or still not put right."),
        Shape.UNDER_WAY,
        ahead=CHECK_AHEAD,
    ),
    ListStatus(
        *(P.STOPPED, P.STOPPED.label),
        Text("We checked that it no longer enrols or teaches."),
        Shape.ENDED,
    ),
    publishing.REFERRED,
)


def proposed(session: Session, occasion: Occasion) -> list[Proposed]:
    served = _served().subquery()
    item = RectificationItem
    rows = session.execute(
        sa.select(item, served.c.served_on)
        .join(Institution, Institution.id == item.institution_id)
        .outerjoin(served, served.c.item_id == item.id)
        .where(
            publishing.only_those_of(occasion),
            sa.or_(
                sa.and_(item.state.in_(OWED), served.c.served_on.is_not(None)),
                sa.and_(
                    item.state == ItemState.CLOSED,
                    publishing.closed_as(*P),
                    publishing.newly_closed(occasion),
                ),
            ),
        )
        .order_by(Institution.sort_key, Institution.id, item.id)
        .options(*publishing.loaded())
    ).all()
    kinds = {
        kind.code: kind.name
        for kind in catalogue.kinds(
            session, authority_id=occasion.authority_id, today=occasion.today
        )
    }
    return [_proposed(one, served_on, kinds, occasion) for one, served_on in rows]


def left_out(session: Session, occasion: Occasion) -> list[tuple[Text, int]]:
    item = RectificationItem
    is_served = item.id.in_(sa.select(_served().subquery().c.item_id))
    closed, untrue = item.state == ItemState.CLOSED, publishing.said_nothing_of()
    earlier = sa.and_(closed, ~untrue, ~publishing.newly_closed(occasion))
    return publishing.counted(
        session,
        occasion,
        [
            (Text("Owed, but no notice served yet"), sa.and_(item.state.in_(OWED), ~is_served)),
            (Text("Written off before this period"), earlier),
            (Text("Found to be untrue"), sa.and_(closed, untrue)),
            (Text("Entered in error"), item.state == ItemState.VOID),
        ],
    )


def _served() -> sa.Select[int, date | None, int | None]:
    return publishing.served(effects.those(lambda one: one.published))


def _proposed(
    item: RectificationItem, served_on: date | None, kinds: dict[str, str], occasion: Occasion
) -> Proposed:
    return publishing.proposed(
        item,
        cells={
            "kind": kinds.get(item.institution.kind_code or "", ""),
            "served_on": served_on,
            "due_on": _due(item),
            "reported_on": item.applied_on if item.state in WITH_OFFICE else None,
        },
        status=publishing.status_of(item, waiting=P.WAITING, owed=P.RECTIFYING),
        why=list(_why(item, served_on, occasion)),
    )


def _due(item: RectificationItem) -> Value:
    """The day; of two limits both, each with what it is for: a stop owes the refunds by a day."""
    if item.due_on is None or item.second_due_on is None:
        return item.due_on or item.second_due_on
    days = {"first": item.due_on, "second": item.second_due_on}
    if item.second_kind is LimitKind.SETTLEMENT:
        return wording.in_chinese(Text("stop: %(first)s; refunds: %(second)s", **days))
    return wording.in_chinese(Text("at once: %(first)s; the rest: %(second)s", **days))


def _why(item: RectificationItem, served_on: date | None, occasion: Occasion) -> Iterator[Text]:
    if served_on is not None:
        yield Text("A notice was served on %(day)s.", day=served_on)
    yield from publishing.since(item, occasion)


RULE = ListRule(
    kind="rectification",
    # What is published is always Chinese.
    title="校外培训机构整改情况",
    gathers=Text(
        "What was served and is still owed, what waits for a re-check, and what was written off "
        "since the last batch."
    ),
    columns=COLUMNS,
    statuses=STATUSES,
    proposed=proposed,
    left_out=left_out,
)

"""无证机构名单: who was found training without approval, and was served an order to stop.

The register alone puts nobody on it: a permit that nobody has recorded is unknown, not absent.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.catalogue.models import NoticeType, ViolationType
from training_oversight.ledger.models import OWED, RectificationItem
from training_oversight.ledger.workflow import ItemState
from training_oversight.notices import effects, publishing
from training_oversight.notices.publishing import CHECK_AHEAD, PublicStatus
from training_oversight.publication.masking import street
from training_oversight.publication.rules import (
    ListColumn,
    ListRule,
    ListStatus,
    Occasion,
    Place,
    Proposed,
)
from training_oversight.registry import queries as registry
from training_oversight.registry.models import Institution
from training_oversight.texts import LabelledEnum, Text
from training_oversight.web.components import Shape, Tone

# The entry of the catalogue of which the finding speaks; codes are kept for ever.
UNLICENSED = "unlicensed"


class Said(LabelledEnum):
    """What the list says of a place while the matter is open."""

    ORDERED = "ordered", Text("Ordered to stop, not checked yet")
    WAITING = "waiting", Text("Reported as stopped, waiting for the check")


# The reasons of closing after which a place is still told of, once.
OVER = (PublicStatus.STOPPED, PublicStatus.REFERRED)

COLUMNS = (
    ListColumn("name", Text("Known as"), Place.NAME, masked=True),
    publishing.TOWNSHIP,
    ListColumn("street", Text("Where it trained"), Place.BENEATH, masked=True),
    ListColumn("problem", Text("What was found")),
    ListColumn("found_on", Text("Found on"), step=publishing.FOUND, is_day=True),
    ListColumn("ordered", Text("What was ordered")),
    ListColumn("ordered_on", Text("Ordered on"), Place.ENTRY, Text("Order served"), is_day=True),
    publishing.FINISHED,
)

STATUSES = (
    ListStatus(
        *(Said.ORDERED, Said.ORDERED.label),
        Text("An order to stop was served; we have not checked yet that it was obeyed."),
        Shape.UNDER_WAY,
        ahead=CHECK_AHEAD,
    ),
    ListStatus(
        *(Said.WAITING, Said.WAITING.label),
        Text("The place says that it has stopped; our check is not finished yet."),
        Shape.WAITING,
        Tone.BLUE,
        ahead=CHECK_AHEAD,
    ),
    ListStatus(
        *(PublicStatus.STOPPED, PublicStatus.STOPPED.label),
        Text("We checked that it no longer enrols or teaches."),
        Shape.DONE,
        Tone.GREEN,
    ),
    publishing.REFERRED,
)


def proposed(session: Session, occasion: Occasion) -> list[Proposed]:
    served, item = _ordered().subquery(), RectificationItem
    rows = session.execute(
        sa.select(item, served.c.served_on, NoticeType.name)
        .join(Institution, Institution.id == item.institution_id)
        .join(served, served.c.item_id == item.id)
        .join(NoticeType, NoticeType.id == served.c.type_id)
        .where(
            publishing.only_those_of(occasion),
            _is_about_training_without_approval(),
            ~registry.licensed_sql(occasion.today),
            sa.or_(item.state.in_(OWED), _newly_over(occasion)),
        )
        .order_by(Institution.sort_key, Institution.id, item.found_on.desc(), item.id.desc())
        .options(*publishing.loaded())
    ).all()
    # A place stands on it once, for what was found last.
    latest = {one.institution_id: (one, on, order) for one, on, order in reversed(rows)}
    wanted = {one.id for one, _on, _order in latest.values()}
    return [_proposed(one, on, order, occasion) for one, on, order in rows if one.id in wanted]


def left_out(session: Session, occasion: Occasion) -> list[tuple[Text, int]]:
    """Of the problems of this kind on the ledger, those that put nobody on the list."""
    item, about = RectificationItem, _is_about_training_without_approval()
    ordered = item.id.in_(sa.select(_ordered().subquery().c.item_id))
    owed, closed = item.state.in_(OWED), item.state == ItemState.CLOSED
    licensed, untrue = registry.licensed_sql(occasion.today), publishing.said_nothing_of()
    return publishing.counted(
        session,
        occasion,
        [
            (Text("Found, but no order to stop served yet"), sa.and_(about, owed, ~ordered)),
            (Text("Has a permit by now"), sa.and_(about, owed, ordered, licensed)),
            (Text("Put right or licensed since"), sa.and_(about, closed, _is_put_right())),
            (Text("Found to be untrue"), sa.and_(about, closed, untrue)),
            (Text("Entered in error"), sa.and_(about, item.state == ItemState.VOID)),
        ],
    )


def basis(session: Session, occasion: Occasion) -> str:
    """On what the finding rests, in the county's own catalogue."""
    return publishing.legal_basis(session, occasion, UNLICENSED)


def _is_about_training_without_approval() -> sa.ColumnElement[bool]:
    # A version of the catalogue is a row; whichever the problem was found under has the code.
    versions = sa.select(ViolationType.id).where(ViolationType.code == UNLICENSED)
    return RectificationItem.violation_type_id.in_(versions)


def _ordered() -> sa.Select[int, date | None, int | None]:
    return publishing.served(effects.those(lambda one: one.stops))


def _newly_over(occasion: Occasion) -> sa.ColumnElement[bool]:
    return sa.and_(
        RectificationItem.state == ItemState.CLOSED,
        publishing.closed_as(*OVER),
        publishing.newly_closed(occasion),
    )


def _is_put_right() -> sa.ColumnElement[bool]:
    return publishing.closed_as(PublicStatus.RECTIFIED)


def _proposed(
    item: RectificationItem, ordered_on: date | None, order: str, occasion: Occasion
) -> Proposed:
    return publishing.proposed(
        item,
        cells={
            "street": _street(item.institution),
            "ordered": order,
            "ordered_on": ordered_on,
        },
        status=publishing.status_of(item, waiting=Said.WAITING, owed=Said.ORDERED),
        why=list(_why(item, ordered_on, occasion)),
    )


def _street(place: Institution) -> str:
    """Where it trains, as far as the street; the township stands beside it."""
    known = street(place.main_venue.address) if place.main_venue else ""
    return known.rpartition(place.division.name)[2]


def _why(item: RectificationItem, ordered_on: date | None, occasion: Occasion) -> Iterator[Text]:
    yield Text(
        "%(problem)s: found on %(day)s, item %(number)s.",
        problem=item.violation_type.name,
        day=item.found_on,
        number=item.number,
    )
    yield Text("A notice was served on %(day)s.", day=ordered_on)
    yield from publishing.since(item, occasion)


RULE = ListRule(
    kind="unlicensed",
    # What is published is always Chinese.
    title="无证机构名单",
    gathers=Text(
        "Places that an officer found training without approval and that were served an order to "
        "stop. "
        "A place whose permit is merely not recorded is never on it."
    ),
    columns=COLUMNS,
    statuses=STATUSES,
    proposed=proposed,
    left_out=left_out,
    basis=basis,
)

"""What the public lists about served papers share: who was ordered, what is over, what is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.sql.base import ExecutableOption

from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import CloseReason, Effect
from training_oversight.ledger.models import WITH_OFFICE, RectificationItem
from training_oversight.ledger.workflow import ItemState
from training_oversight.notices.models import Notice, NoticeItem
from training_oversight.notices.workflow import NoticeState
from training_oversight.publication import earlier_queries as publications
from training_oversight.publication.rules import (
    ListColumn,
    ListStatus,
    Occasion,
    Place,
    Proposed,
    Value,
)
from training_oversight.registry.models import Institution, Premises
from training_oversight.texts import LabelledEnum, Text
from training_oversight.web.components import Shape

SUBJECT = RectificationItem.__tablename__


class PublicStatus(LabelledEnum):
    """Plain words that never mix reported, checked, and closed without a fix.

    The county's reasons of closing say which of them a closed problem has.
    """

    RECTIFIED = "rectified", Text("Rectified, checked by the office")
    WAITING = "waiting", Text("Reported as done, waiting for the check")
    RECTIFYING = "rectifying", Text("Rectification under way")
    STOPPED = "stopped", Text("Has stopped training")
    REFERRED = "referred", Text("Handed to another department")


CHECK_AHEAD = Text("Our check and the close-out")
FOUND = Text("Found at a check")
TOWNSHIP = ListColumn("township", Text("Township or street"), Place.TOWNSHIP)
FINISHED = ListColumn(
    *("finished_on", Text("Finished on"), Place.STATUS, Text("Checked and written off")),
    is_day=True,
)
REFERRED = ListStatus(
    *(PublicStatus.REFERRED, PublicStatus.REFERRED.label),
    Text("Another department is responsible and has been handed the case."),
    Shape.ENDED,
)


def proposed(
    item: RectificationItem, *, cells: Mapping[str, Value], status: str, why: Sequence[Text]
) -> Proposed:
    """An entry about that problem; who may be named in it is known from its place."""
    place = item.institution
    return Proposed(
        subject=(SUBJECT, item.id),
        cells={
            "name": place.name,
            "township": place.division.name,
            "problem": item.violation_type.name,
            "found_on": item.found_on,
            "finished_on": item.closed_on,
            **cells,
        },
        status=status,
        finished_on=item.closed_on,
        why=why,
        people=people_of(place),
        home=is_home(place),
    )


def status_of(item: RectificationItem, *, waiting: str, owed: str) -> str:
    """What its reason of closing says of it; while it is open, one of these two."""
    if item.close_reason is not None and item.state == ItemState.CLOSED:
        return item.close_reason.public_status
    return waiting if item.state in WITH_OFFICE else owed


def served(effects: tuple[Effect, ...]) -> sa.Select[int, date | None, int | None]:
    """Items that a served paper of those effects asks for, with its day and the paper: the last."""
    last = sa.func.row_number().over(
        partition_by=NoticeItem.item_id, order_by=(Notice.served_on.desc(), Notice.id.desc())
    )
    ranked = (
        sa.select(
            NoticeItem.item_id,
            Notice.served_on,
            Notice.type_id,
            last.label("place"),
        )
        .join(Notice, Notice.id == NoticeItem.notice_id)
        .where(Notice.state == NoticeState.SERVED, Notice.effect.in_(effects))
        .subquery()
    )
    return sa.select(ranked.c.item_id, ranked.c.served_on, ranked.c.type_id).where(
        ranked.c.place == 1
    )


def closed_as(*statuses: PublicStatus) -> sa.ColumnElement[bool]:
    """Closed for a reason of which the public lists say one of these."""
    reasons = sa.select(CloseReason.id).where(
        CloseReason.public_status.in_([one.value for one in statuses])
    )
    return RectificationItem.close_reason_id.in_(reasons)


def said_nothing_of() -> sa.ColumnElement[bool]:
    """Closed for a reason that has no public status, because the problem was found to be untrue."""
    return ~closed_as(*PublicStatus)


def newly_closed(occasion: Occasion) -> sa.ColumnElement[bool]:
    """Closed since the last batch; before the first batch, closed this year.

    The day of the last batch counts, because a problem may have been closed later on that day.
    What a batch that was not withdrawn has told already is left out. What somebody left out of
    the last batch is proposed again, so that it can be put back.
    """
    item, last = RectificationItem, occasion.last
    if last is None:
        return item.closed_on >= date(occasion.today.year, 1, 1)
    said = publications.said(last, SUBJECT, item.id, item.closed_on)
    left_out = publications.left_out_of(last, SUBJECT, item.id)
    return sa.and_(sa.or_(item.closed_on >= last.as_of, left_out), ~said)


def only_those_of(occasion: Occasion) -> sa.ColumnElement[bool]:
    """The authority's items; with ``within``, only those that the publication has entries about."""
    item = RectificationItem
    ground = sa.and_(
        item.authority_id == occasion.authority_id, occasion.scope.clause(item.division_path)
    )
    if occasion.within is None:
        return ground
    return sa.and_(ground, publications.holds(occasion.within, SUBJECT, item.id))


def loaded() -> tuple[ExecutableOption, ...]:
    item = RectificationItem
    return (
        joinedload(item.institution).joinedload(Institution.division),
        joinedload(item.institution).selectinload(Institution.venues),
        joinedload(item.violation_type),
        joinedload(item.close_reason),
    )


def counted(
    session: Session, occasion: Occasion, grounds: Sequence[tuple[Text, sa.ColumnElement[bool]]]
) -> list[tuple[Text, int]]:
    """How many of the authority's items each condition is true of; one query."""
    item = RectificationItem
    figures: list[sa.ColumnElement[int]] = [
        sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)
        for _words, condition in grounds
    ]
    row = session.execute(
        sa.select(*figures)
        .join(Institution, Institution.id == item.institution_id)
        .where(
            item.authority_id == occasion.authority_id,
            occasion.scope.clause(item.division_path),
        )
    ).one()
    return [(words, int(count)) for (words, _), count in zip(grounds, row, strict=True)]


def people_of(place: Institution) -> list[str | None]:
    """Whose names may stand in what the county calls the place."""
    return [
        *(place.responsible_person, place.legal_representative),
        *(place.principal, place.organiser),
        *(venue.landlord for venue in place.venues),
    ]


def is_home(place: Institution) -> bool | None:
    """Whether people live where it teaches; none where nobody has said."""
    known = {venue.premises for venue in place.venues} or {None}
    return True if Premises.DWELLING in known else None if None in known else False


def since(item: RectificationItem, occasion: Occasion) -> Iterator[Text]:
    """What has become of it, for who checks the list."""
    if item.state == ItemState.CLOSED and item.close_reason is not None:
        reason = item.close_reason.name
        yield Text("Written off on %(day)s (%(reason)s).", day=item.closed_on, reason=reason)
        if occasion.last is not None:
            yield Text("The last batch was as of %(day)s.", day=occasion.last.as_of)
    elif item.state in WITH_OFFICE:
        yield Text("The institution reported it as done on %(day)s.", day=item.applied_on)
    else:
        yield Text("It is still to be put right.")


def legal_basis(session: Session, occasion: Occasion, code: str) -> str:
    """What the county's catalogue of the day gives as the basis of such a violation."""
    known = catalogue.violation_types(
        session, authority_id=occasion.authority_id, today=occasion.today
    )
    return next((one.legal_basis for one in known if one.code == code), "")

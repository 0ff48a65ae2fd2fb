"""The rule that proposes entries: which items, as what, and why. It writes nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.sql.base import ExecutableOption

from training_oversight.accounts.models import Scope
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import CloseReason
from training_oversight.law.sentences import packed
from training_oversight.ledger.models import OWED, WITH_OFFICE, RectificationItem
from training_oversight.ledger.workflow import ItemState
from training_oversight.notices import effects
from training_oversight.notices.models import Notice, NoticeItem
from training_oversight.notices.workflow import NoticeState
from training_oversight.publication.masking import masked_name
from training_oversight.publication.models import Publication, PublicEntry, PublicStatus
from training_oversight.publication.workflow import PublicationState
from training_oversight.registry.models import Institution, Premises
from training_oversight.texts import Text

PUBLIC_STATUSES = {status.value: status for status in PublicStatus}


@dataclass(frozen=True)
class Copy:
    """What becomes public of one item, masked, and nothing else of its case."""

    item_id: int
    institution_name: str
    kind_name: str
    division_name: str
    problem: str
    status: PublicStatus
    found_on: date
    served_on: date | None
    due_on: date | None
    reported_on: date | None
    finished_on: date | None

    @property
    def search_text(self) -> str:
        return searchable(self.institution_name)

    def values(self) -> dict[str, object]:
        return asdict(self) | {"search_text": self.search_text}

    def differs_from(self, entry: PublicEntry) -> bool:
        return any(getattr(entry, name) != value for name, value in self.values().items())


@dataclass(frozen=True)
class Proposed:
    """A copy and the sentences that say why the rule proposes it."""

    copy: Copy
    why: tuple[Text, ...]

    def stored_why(self) -> list[object]:
        return [packed(sentence) for sentence in self.why]


@dataclass(frozen=True)
class LeftOutItems:
    """How many items the rule leaves out, and on what ground."""

    not_served: int
    closed_before: int
    untrue: int
    void: int


def searchable(words: str) -> str:
    """A name as the search compares it: width, case and spaces do not matter."""
    return "".join(unicodedata.normalize("NFKC", words).upper().split())


def proposed(
    session: Session,
    *,
    authority_id: int,
    scope: Scope,
    today: date,
    last: Publication | None,
    within: Publication | None = None,
) -> list[Proposed]:
    """What the list of ``today`` would hold after the batch ``last``.

    With ``within``, only of the items that this publication has.
    """
    served = _served().subquery()
    statement = (
        sa.select(RectificationItem, served.c.served_on)
        .join(Institution, Institution.id == RectificationItem.institution_id)
        .outerjoin(served, served.c.item_id == RectificationItem.id)
        .where(
            RectificationItem.authority_id == authority_id,
            scope.clause(RectificationItem.division_path),
            _qualifies(served.c.served_on, today=today, last=last),
        )
        .order_by(Institution.sort_key, Institution.id, RectificationItem.id)
        .options(*_loaded())
    )
    if within is not None:
        held = sa.select(PublicEntry.item_id).where(PublicEntry.publication_id == within.id)
        statement = statement.where(RectificationItem.id.in_(held))
    kinds = {
        kind.code: kind.name
        for kind in catalogue.kinds(session, authority_id=authority_id, today=today)
    }
    return list(_made(session.execute(statement).all(), kinds, last=last))


def left_out(
    session: Session, *, authority_id: int, scope: Scope, today: date, last: Publication | None
) -> LeftOutItems:
    """What of the ledger the rule does not propose; one query."""
    item = RectificationItem
    is_served = item.id.in_(sa.select(_served().subquery().c.item_id))
    untrue = _untrue()
    closed = item.state == ItemState.CLOSED

    def counted(condition: Any) -> Any:
        return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)

    row = session.execute(
        sa.select(
            counted(sa.and_(item.state.in_(OWED), ~is_served)),
            counted(sa.and_(closed, ~untrue, ~_newly_closed(today=today, last=last))),
            counted(sa.and_(closed, untrue)),
            counted(item.state == ItemState.VOID),
        ).where(item.authority_id == authority_id, scope.clause(item.division_path))
    ).one()
    return LeftOutItems(*(int(count) for count in row))


def _loaded() -> tuple[ExecutableOption, ...]:
    item = RectificationItem
    return (
        joinedload(item.institution).joinedload(Institution.division),
        joinedload(item.institution).selectinload(Institution.venues),
        joinedload(item.violation_type),
        joinedload(item.close_reason),
    )


def _served() -> sa.Select[int, date | None]:
    """Items that a served order asks to put right, with the day of the latest service."""
    return (
        sa.select(NoticeItem.item_id, sa.func.max(Notice.served_on).label("served_on"))
        .join(Notice, Notice.id == NoticeItem.notice_id)
        .where(
            Notice.state == NoticeState.SERVED,
            Notice.effect.in_(effects.those(lambda one: one.published)),
        )
        .group_by(NoticeItem.item_id)
    )


def _qualifies(
    served_on: sa.ColumnElement[date | None], *, today: date, last: Publication | None
) -> sa.ColumnElement[bool]:
    item = RectificationItem
    return sa.or_(
        sa.and_(item.state.in_(OWED), served_on.is_not(None)),
        sa.and_(
            item.state == ItemState.CLOSED,
            ~_untrue(),
            _newly_closed(today=today, last=last),
        ),
    )


def _untrue() -> sa.ColumnElement[bool]:
    """Closed for a reason that says nothing to the public."""
    silent = CloseReason.public_status.not_in(list(PUBLIC_STATUSES))
    return RectificationItem.close_reason_id.in_(sa.select(CloseReason.id).where(silent))


def _newly_closed(*, today: date, last: Publication | None) -> sa.ColumnElement[bool]:
    """Closed since the last batch, or this year before the first one.

    What was closed later on the very day of the last batch was not in it as closed yet;
    what any batch that was not withdrawn has said already is not said again.
    """
    item = RectificationItem
    if last is None:
        return item.closed_on >= date(today.year, 1, 1)
    said_closed = (
        sa.select(PublicEntry.item_id)
        .join(Publication, Publication.id == PublicEntry.publication_id)
        .where(
            Publication.authority_id == last.authority_id,
            Publication.kind == last.kind,
            Publication.state.in_((PublicationState.PUBLISHED, PublicationState.SUPERSEDED)),
            PublicEntry.item_id == item.id,
            PublicEntry.finished_on == item.closed_on,
        )
    )
    return sa.and_(item.closed_on >= last.as_of, ~said_closed.exists())


def _made(
    rows: Iterable[tuple[RectificationItem, date | None]],
    kinds: dict[str, str],
    *,
    last: Publication | None,
) -> Iterator[Proposed]:
    for item, served_on in rows:
        yield Proposed(_copy(item, served_on, kinds), tuple(_why(item, served_on, last)))


def _copy(item: RectificationItem, served_on: date | None, kinds: dict[str, str]) -> Copy:
    place = item.institution
    return Copy(
        item_id=item.id,
        institution_name=_public_name(place),
        kind_name=kinds.get(place.kind_code or "", ""),
        division_name=place.division.name,
        problem=item.violation_type.name,
        status=_status(item),
        found_on=item.found_on,
        served_on=served_on,
        due_on=item.due_on,
        reported_on=item.applied_on if item.state in WITH_OFFICE else None,
        finished_on=item.closed_on,
    )


def _public_name(place: Institution) -> str:
    people = [place.responsible_person, place.organiser, *(v.landlord for v in place.venues)]
    known = {venue.premises for venue in place.venues} or {None}
    home = True if Premises.DWELLING in known else None if None in known else False
    return masked_name(place.name, people=people, home=home)


def _status(item: RectificationItem) -> PublicStatus:
    if item.close_reason is not None and item.state == ItemState.CLOSED:
        return PUBLIC_STATUSES[item.close_reason.public_status]
    return PublicStatus.WAITING if item.state in WITH_OFFICE else PublicStatus.RECTIFYING


def _why(
    item: RectificationItem, served_on: date | None, last: Publication | None
) -> Iterator[Text]:
    if served_on is not None:
        yield Text("A notice was served on %(day)s.", day=served_on)
    if item.state == ItemState.CLOSED and item.close_reason is not None:
        yield Text(
            "Written off on %(day)s (%(reason)s).",
            day=item.closed_on,
            reason=item.close_reason.name,
        )
        if last is not None:
            yield Text("The last batch was as of %(day)s.", day=last.as_of)
    elif item.state in WITH_OFFICE:
        yield Text("The institution reported it as done on %(day)s.", day=item.applied_on)
    else:
        yield Text("It is still to be put right.")

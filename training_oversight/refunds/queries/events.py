"""Closing events, their running totals, balances and announcements."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload

from training_oversight.accounts.models import Officer
from training_oversight.errors import NotFound
from training_oversight.names import naming
from training_oversight.refunds.models import (
    DUE_FEN,
    AccountBalance,
    ClosingEvent,
    Refund,
    RefundAnnouncement,
    RefundPart,
    RefundWay,
)
from training_oversight.refunds.workflow import EventState, RefundState
from training_oversight.registry.models import Institution
from training_oversight.texts import Text

# TY-2026-01
NUMBER = re.compile(r"TY-?(\d{4})-0*(\d{1,6})")


def event_for(session: Session, officer: Officer, event_id: int) -> ClosingEvent:
    event = session.scalars(
        sa.select(ClosingEvent)
        .where(ClosingEvent.id == event_id, officer.scope.clause(ClosingEvent.division_path))
        .options(
            joinedload(ClosingEvent.institution).joinedload(Institution.division),
            joinedload(ClosingEvent.opened_by),
        )
    ).one_or_none()
    if event is None:
        raise NotFound
    return event


def event_named(session: Session, officer: Officer, written: str) -> ClosingEvent:
    """By its number; where several counties have that number, none."""
    number = NUMBER.fullmatch(naming.normalised(written))
    keys: Sequence[int] = ()
    if number:
        year, serial = map(int, number.groups())
        keys = session.scalars(
            sa.select(ClosingEvent.id).where(
                officer.scope.clause(ClosingEvent.division_path),
                ClosingEvent.year == year,
                ClosingEvent.serial == serial,
            )
        ).all()
    if len(keys) > 1:
        raise NotFound(
            Text("Several counties have an event %(number)s: say with --by whose.", number=written)
        )
    if not keys:
        raise NotFound(Text("There is no closing event %(number)s.", number=written))
    return event_for(session, officer, keys[0])


def open_event_of(session: Session, institution_id: int) -> ClosingEvent | None:
    return session.scalars(
        sa.select(ClosingEvent)
        .where(ClosingEvent.institution_id == institution_id, ClosingEvent.state == EventState.OPEN)
        .options(raiseload("*"))
    ).one_or_none()


def events_of(session: Session, institution_id: int) -> Sequence[ClosingEvent]:
    """Every event of an institution, newest first."""
    return session.scalars(
        sa.select(ClosingEvent)
        .where(ClosingEvent.institution_id == institution_id)
        .order_by(ClosingEvent.id.desc())
        .options(raiseload("*"))
    ).all()


def listed_events(officer: Officer) -> sa.Select[ClosingEvent]:
    return (
        sa.select(ClosingEvent)
        .where(officer.scope.clause(ClosingEvent.division_path))
        .options(
            joinedload(ClosingEvent.institution).joinedload(Institution.division), raiseload("*")
        )
    )


@dataclass
class Totals:
    """One running total of an event, to the fen. Withdrawn refunds are in none of it."""

    families: int = 0
    refunds: int = 0
    due: int = 0
    paid: int = 0
    by_way: dict[RefundWay, int] = field(default_factory=dict)
    by_state: dict[RefundState, int] = field(default_factory=dict)

    @property
    def left(self) -> int:
        return self.due - self.paid

    @property
    def unchecked(self) -> int:
        """How many of the refunds nobody in the office has looked at."""
        return self.by_state.get(RefundState.SIGNED_UP, 0)

    @property
    def unaccounted(self) -> int:
        """What was paid in no way that is known: always printed, also when it is nothing."""
        return self.paid - sum(self.by_way.values())


# Asked only of refunds that belong to an event.
EVENT = sa.type_coerce(Refund.event_id, sa.Integer)


FAMILY = sa.func.coalesce(Refund.family_of_id, Refund.id)


def totals(session: Session, event_ids: Sequence[int]) -> Mapping[int, Totals]:
    """For a page of events: three queries however many."""
    found = {key: Totals(by_way=dict.fromkeys(RefundWay, 0)) for key in event_ids}
    _add_sums(session, found, event_ids)
    states = sa.select(EVENT, Refund.state, sa.func.count())
    for key, state, count in session.execute(
        states.where(Refund.event_id.in_(event_ids)).group_by(Refund.event_id, Refund.state)
    ):
        found[key].by_state[state] = count
    ways = (
        sa.select(EVENT, RefundPart.way, sa.func.sum(RefundPart.fen))
        .join(Refund, Refund.id == RefundPart.refund_id)
        .where(_counting(event_ids), RefundPart.voided_on.is_(None))
        .group_by(Refund.event_id, RefundPart.way)
    )
    for key, way, fen in session.execute(ways):
        found[key].by_way[way] = int(fen)
    return found


def _counting(event_ids: Sequence[int]) -> sa.ColumnElement[bool]:
    return sa.and_(Refund.event_id.in_(event_ids), Refund.state != RefundState.WITHDRAWN)


def _add_sums(session: Session, found: Mapping[int, Totals], event_ids: Sequence[int]) -> None:
    sums = (
        sa.select(
            EVENT,
            sa.func.count(FAMILY.distinct()),
            sa.func.count(),
            sa.func.sum(DUE_FEN),
            sa.func.sum(Refund.paid_fen),
        )
        .where(_counting(event_ids))
        .group_by(Refund.event_id)
    )
    for key, families, refunds, due, paid in session.execute(sums):
        one = found[key]
        one.families, one.refunds, one.due, one.paid = families, refunds, int(due), int(paid)


def balances(session: Session, event_id: int) -> Sequence[AccountBalance]:
    """Of the supervised account, the latest first."""
    return session.scalars(
        sa.select(AccountBalance)
        .where(AccountBalance.event_id == event_id)
        .order_by(AccountBalance.as_of.desc(), AccountBalance.id.desc())
        .options(raiseload("*"))
    ).all()


def announcements(session: Session, event_id: int) -> Sequence[RefundAnnouncement]:
    """What families were told, the latest first; what was taken back is not among it."""
    return session.scalars(
        sa.select(RefundAnnouncement)
        .where(RefundAnnouncement.event_id == event_id, RefundAnnouncement.withdrawn_on.is_(None))
        .order_by(RefundAnnouncement.id.desc())
        .options(joinedload(RefundAnnouncement.announced_by), raiseload("*"))
    ).all()

"""The clocks of an item: what must be put right by when, and what stopped each.

A stop has two: training ends on the day of service, refunds and settling pupils have a
limit of their own. Each is judged against its own day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from training_oversight.database import Flag, enum_column
from training_oversight.ledger.workflow import ItemState
from training_oversight.texts import LabelledEnum, Text

# States in which putting it right is still owed by the institution.
OWED = (ItemState.OPEN, ItemState.APPLIED, ItemState.VERIFIED)
# States in which the office owes the next step.
WITH_OFFICE = (ItemState.APPLIED, ItemState.VERIFIED)


NEVER = date(9999, 12, 31)


class LimitKind(LabelledEnum):
    """What a limit is for. All but the first are a second limit beside it."""

    RECTIFICATION = "rectification", Text("Rectification")
    SETTLEMENT = "settlement", Text("Refunds and settling pupils")
    REST = "rest", Text("What is not asked at once")


SECOND = (LimitKind.SETTLEMENT, LimitKind.REST)


@dataclass(frozen=True)
class Clock:
    """A limit that runs or ran, and the day of the report that stopped it."""

    kind: LimitKind
    due_on: date
    stopped_on: date | None

    @property
    def runs(self) -> bool:
        return self.stopped_on is None

    def has_lapsed(self, today: date) -> bool:
        """True from the first minute after the day, and of what was reported too late."""
        late = self.stopped_on is None or self.stopped_on > self.due_on
        return self.due_on < today and late

    def days_late(self, today: date) -> int:
        """To the day of the report, once there is one. 0 if in time."""
        if not self.has_lapsed(today):
            return 0
        return ((self.stopped_on or today) - self.due_on).days


class TwoClocks:
    """The columns of an item that say how it stands to its limits, and the facts about them."""

    state: Mapped[ItemState] = mapped_column(enum_column(ItemState), default=ItemState.OPEN)
    # The limit in force, frozen when it was given; null until a deadline has started.
    due_on: Mapped[date | None]
    # The day of the report that stops it; null again after a failed re-check.
    applied_on: Mapped[date | None]
    # What has a limit of its own beside that, for instance refunds after an order to stop:
    # its last day, what it is for, and when the institution reported it done.
    second_due_on: Mapped[date | None]
    second_kind: Mapped[LimitKind | None] = mapped_column(enum_column(LimitKind))
    second_met_on: Mapped[date | None]
    # It lies in a year whose days off are not arranged yet.
    second_provisional: Mapped[Flag] = mapped_column(default=False)
    # The first of both last days, or the end of time: keyset paging wants no nulls. What is
    # overdue by either clock lies before today here, and so is found by one index.
    sort_due: Mapped[date] = mapped_column(default=NEVER)

    # "Overdue" is a fact about dates: true from the first minute after the deadline,
    # whether or not a job has run, and true of what was reported too late. Either clock
    # counts. It is said twice, for one record and for a query; a test holds the two together.

    @property
    def clocks(self) -> tuple[Clock, ...]:
        """What runs against the institution as long as the item is on the ledger."""
        return clocks_of(self)

    @property
    def second_runs(self) -> bool:
        """Whether refunds or the rest are still to be reported."""
        return self.state in OWED and self.second_due_on is not None and self.second_met_on is None

    def lapsed(self, today: date) -> list[Clock]:
        """The clocks that have run out, the one that did so first before the other."""
        late = [clock for clock in self.clocks if clock.has_lapsed(today)]
        return sorted(late, key=lambda clock: clock.due_on)

    def is_overdue(self, today: date) -> bool:
        return bool(self.lapsed(today))

    @classmethod
    def overdue_on(cls, today: date) -> sa.ColumnElement[bool]:
        return cls.lapsed_on(today, cls.first_lapsed_on(today), cls.second_lapsed_on(today))

    @classmethod
    def lapsed_on(cls, today: date, *clocks: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
        """One of these clocks has run out: asked so that the index needs no union."""
        return sa.and_(cls.sort_due < today, sa.or_(*clocks))

    @classmethod
    def due_between(cls, first: date, last: date) -> sa.ColumnElement[bool]:
        """Still with the institution, and due within these days, by either clock."""
        return sa.and_(
            cls.sort_due <= last,
            sa.or_(
                sa.and_(cls.state == ItemState.OPEN, cls.due_on.between(first, last)),
                sa.and_(cls.second_running(), cls.second_due_on.between(first, last)),
            ),
        )

    @classmethod
    def without_deadline(cls) -> sa.ColumnElement[bool]:
        return cls.sort_due == NEVER

    @classmethod
    def first_lapsed_on(cls, today: date) -> sa.ColumnElement[bool]:
        return first_lapsed(cls, today)

    @classmethod
    def second_lapsed_on(cls, today: date) -> sa.ColumnElement[bool]:
        return second_lapsed(cls, today)

    @classmethod
    def second_running(cls) -> sa.ColumnElement[bool]:
        return sa.and_(
            cls.second_due_on.is_not(None), cls.second_met_on.is_(None), cls.state.in_(OWED)
        )

    def days_overdue(self, today: date) -> int:
        return most_days_late(self.clocks, today)


# The rules themselves, over an item as it is, and over one as it was on a past day: both have
# state, due_on, applied_on, second_due_on, second_kind and second_met_on.


def clocks_of(item: Any) -> tuple[Clock, ...]:
    if item.state not in OWED:
        return ()
    reported_on = item.applied_on if item.state in WITH_OFFICE else None
    found = []
    if item.due_on is not None:
        found.append(Clock(LimitKind.RECTIFICATION, item.due_on, reported_on))
    if item.second_due_on is not None and item.second_kind is not None:
        found.append(Clock(item.second_kind, item.second_due_on, item.second_met_on))
    return tuple(found)


def first_lapsed(columns: Any, today: date) -> sa.ColumnElement[bool]:
    late = sa.and_(columns.state.in_(WITH_OFFICE), columns.applied_on > columns.due_on)
    return sa.and_(columns.due_on < today, sa.or_(columns.state == ItemState.OPEN, late))


def second_lapsed(columns: Any, today: date) -> sa.ColumnElement[bool]:
    late = sa.or_(columns.second_met_on.is_(None), columns.second_met_on > columns.second_due_on)
    return sa.and_(columns.second_due_on < today, columns.state.in_(OWED), late)


def most_days_late(clocks: Iterable[Clock], today: date) -> int:
    """Days past the deadline that is missed longest; to the day of its report."""
    return max((clock.days_late(today) for clock in clocks), default=0)

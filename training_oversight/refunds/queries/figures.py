"""The figures of refunds for a period: one place, from which page, list and command read.

A refund belongs to the period in which it was entered. Withdrawn ones are in no figure. Kind and
township are those of the institution, so that a family, which is counted once in its event, stands
in one part alone and the parts add up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload

from training_oversight.accounts.models import Division, Officer
from training_oversight.refunds.models import (
    DUE_FEN,
    ClosingEvent,
    Refund,
    RefundPart,
    RefundWay,
)
from training_oversight.refunds.queries.events import FAMILY, Totals
from training_oversight.refunds.workflow import EventState, RefundState
from training_oversight.registry.models import Institution

# In place of the kind of an institution of which nobody has said it.
UNKNOWN = "unknown"
IN_FIGURES = Refund.state != RefundState.WITHDRAWN


_Number = sa.ColumnElement[int]


@dataclass(frozen=True)
class Period:
    """Both days belong to it; a missing one leaves that side open."""

    since: date | None = None
    until: date | None = None

    def of(self, column: sa.SQLColumnExpression[date]) -> list[sa.ColumnElement[bool]]:
        bounds = []
        if self.since is not None:
            bounds.append(column >= self.since)
        if self.until is not None:
            bounds.append(column <= self.until)
        return bounds


@dataclass(frozen=True)
class Wanted:
    """Which part of the figures: what is empty narrows nothing."""

    period: Period = Period()
    kind: str = ""
    division_id: int | None = None

    def clauses(self) -> list[sa.ColumnElement[bool]]:
        """For a query of refunds, whatever their state."""
        found = self.period.of(Refund.entered_on)
        places = []
        if self.kind:
            known = None if self.kind == UNKNOWN else self.kind
            places.append(Institution.kind_code.is_not_distinct_from(known))
        if self.division_id is not None:
            places.append(Institution.division_id == self.division_id)
        if places:
            found.append(Refund.institution.has(sa.and_(*places)))
        return found


@dataclass(frozen=True)
class EventFigures:
    """Of the events that were opened in the period: how many are still open, how many ended."""

    open: int = 0
    closed: int = 0

    @property
    def opened(self) -> int:
        return self.open + self.closed


@dataclass(frozen=True)
class Part:
    """One kind or township, by its code and, of a township, its key and name."""

    code: str
    name: str
    totals: Totals
    division_id: int | None = None


@dataclass(frozen=True)
class Figures:
    period: Period
    total: Totals
    by_kind: Sequence[Part]
    by_township: Sequence[Part]
    events: EventFigures


def figures(session: Session, officer: Officer, period: Period) -> Figures:
    """Four queries, however many refunds and institutions there are."""
    total = sums(session, counting(officer, Wanted(period)))
    total.by_way = _by_way(session, officer, period)
    kinds, townships = _parts(session, officer, period)
    return Figures(period, total, kinds, townships, _events(session, officer, period))


def counting(officer: Officer, wanted: Wanted) -> sa.Select[Refund]:
    """The refunds that are in the figures."""
    return sa.select(Refund).where(
        officer.scope.clause(Refund.division_path), IN_FIGURES, *wanted.clauses()
    )


def _sums() -> tuple[_Number, _Number, _Number, _Number]:
    return (
        sa.func.count(FAMILY.distinct()),
        sa.func.count(),
        sa.func.coalesce(sa.func.sum(DUE_FEN), 0),
        sa.func.coalesce(sa.func.sum(Refund.paid_fen), 0),
    )


def sums(session: Session, refunds: sa.Select[Refund]) -> Totals:
    """Families, refunds, due and paid of a selection, without its ways."""
    families, count, due, paid = session.execute(
        refunds.with_only_columns(*_sums()).order_by(None)
    ).one()
    return _totals(families, count, due, paid)


def _totals(families: int, refunds: int, due: int, paid: int) -> Totals:
    return Totals(families, refunds, int(due), int(paid))


def _by_way(session: Session, officer: Officer, period: Period) -> dict[RefundWay, int]:
    found = session.execute(
        payments(officer, Wanted(period))
        .with_only_columns(RefundPart.way, sa.func.sum(RefundPart.fen))
        .group_by(RefundPart.way)
    )
    known = {way: int(fen) for way, fen in found}
    return {way: known.get(way, 0) for way in RefundWay}


def payments(
    officer: Officer, wanted: Wanted, way: RefundWay | None = None
) -> sa.Select[RefundPart]:
    """The payments that are in the figures, each with its refund to be joined."""
    found = (
        sa.select(RefundPart)
        .join(Refund, Refund.id == RefundPart.refund_id)
        .where(
            officer.scope.clause(Refund.division_path),
            IN_FIGURES,
            RefundPart.voided_on.is_(None),
            *wanted.clauses(),
        )
    )
    return found if way is None else found.where(RefundPart.way == way)


def listed_payments(
    officer: Officer, wanted: Wanted, way: RefundWay | None
) -> sa.Select[RefundPart]:
    """The same for a list page."""
    return payments(officer, wanted, way).options(
        joinedload(RefundPart.refund).options(
            joinedload(Refund.institution).raiseload("*"), raiseload("*")
        ),
        raiseload("*"),
    )


def sum_of(session: Session, of: sa.Select[RefundPart]) -> tuple[int, int]:
    """How many payments and of what sum."""
    counted = sa.func.count(), sa.func.coalesce(sa.func.sum(RefundPart.fen), 0)
    count, fen = session.execute(of.with_only_columns(*counted).order_by(None)).one()
    return count, int(fen)


def _parts(
    session: Session, officer: Officer, period: Period
) -> tuple[Sequence[Part], Sequence[Part]]:
    """By kind and by township: one query of both together, added up twice."""
    cells = session.execute(
        counting(officer, Wanted(period))
        .join(Institution, Institution.id == Refund.institution_id)
        .join(Division, Division.id == Institution.division_id)
        .with_only_columns(
            Institution.kind_code, Division.id, Division.code, Division.name, *_sums()
        )
        .group_by(Institution.kind_code, Division.id, Division.code, Division.name)
        .order_by(Institution.kind_code, Division.code)
    ).all()
    kinds: dict[str, Part] = {}
    townships: dict[str, Part] = {}
    for kind, key, code, name, *numbers in cells:
        one = _totals(*numbers)
        _add(kinds.setdefault(kind or UNKNOWN, Part(kind or UNKNOWN, "", Totals())), one)
        _add(townships.setdefault(code, Part(code, name, Totals(), key)), one)
    return list(kinds.values()), sorted(townships.values(), key=lambda part: part.code)


def _add(part: Part, one: Totals) -> None:
    """An institution is of one kind and in one township: nobody is counted twice."""
    part.totals.families += one.families
    part.totals.refunds += one.refunds
    part.totals.due += one.due
    part.totals.paid += one.paid


def events_of_period(
    officer: Officer, period: Period, state: EventState | None = None
) -> list[sa.ColumnElement[bool]]:
    """The events that are in the figures."""
    found = [officer.scope.clause(ClosingEvent.division_path), *period.of(ClosingEvent.opened_on)]
    return found if state is None else [*found, ClosingEvent.state == state]


def _events(session: Session, officer: Officer, period: Period) -> EventFigures:
    found: Mapping[EventState, int] = dict(
        session.execute(
            sa.select(ClosingEvent.state, sa.func.count())
            .where(*events_of_period(officer, period))
            .group_by(ClosingEvent.state)
        ).all()
    )
    return EventFigures(found.get(EventState.OPEN, 0), found.get(EventState.CLOSED, 0))

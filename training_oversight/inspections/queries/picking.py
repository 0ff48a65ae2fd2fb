"""Where to go: what is planned, the officer's own institutions, what is near, what fits words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload, selectinload

from training_oversight import clock
from training_oversight.accounts.models import Division, Officer
from training_oversight.inspections.models import Visit, VisitOfficer
from training_oversight.inspections.workflow import VisitState
from training_oversight.maps import queries as maps
from training_oversight.maps.queries import Near
from training_oversight.places import Position
from training_oversight.registry import queries as registry
from training_oversight.registry.models import Institution
from training_oversight.registry.queries import InstitutionFilter, Search, View

OPEN = (VisitState.UNDER_WAY, VisitState.PLANNED)
A_FEW = 5
A_PAGE = 20


@dataclass(frozen=True)
class Mine:
    """How many institutions are in an officer's charge, and how many were visited this year."""

    total: int
    visited: int

    @property
    def not_visited(self) -> int:
        return self.total - self.visited


def to_make(session: Session, officer: Officer, *, limit: int = A_FEW) -> Sequence[Visit]:
    """The officer's visits that have begun or are planned, the earliest first."""
    return session.scalars(_of(officer).where(Visit.state.in_(OPEN)).limit(limit)).all()


def of_day(session: Session, officer: Officer, day: date) -> Sequence[Visit]:
    """The officer's visits of one day in the order of their hours, those that are over too."""
    begins = clock.from_local(datetime.combine(day, time()))
    ends = clock.from_local(datetime.combine(day + timedelta(days=1), time()))
    happens = sa.and_(Visit.happened_at >= begins, Visit.happened_at < ends)
    went = Visit.state != VisitState.NOT_POSSIBLE
    return session.scalars(_of(officer).where(happens, went)).all()


def _of(officer: Officer) -> sa.Select[Visit]:
    mine = sa.select(VisitOfficer.visit_id).where(VisitOfficer.officer_id == officer.id)
    return (
        sa.select(Visit)
        .where(officer.scope.clause(Visit.division_path), Visit.id.in_(mine))
        .options(
            joinedload(Visit.institution).joinedload(Institution.division),
            selectinload(Visit.officers),
            raiseload("*"),
        )
        .order_by(Visit.happened_at, Visit.id)
    )


def in_my_charge(
    session: Session, officer: Officer, *, today: date, limit: int = A_FEW
) -> Sequence[Institution]:
    """Those that are not closed, the longest not visited first."""
    mine = _asked(officer, InstitutionFilter(view=View.MINE), today)
    return session.scalars(mine.order_by(*_LONGEST_AGO).limit(limit)).all()


_LONGEST_AGO = (Institution.sort_visited, Institution.sort_key, Institution.id)


def in_township(
    session: Session, officer: Officer, township: Division, *, today: date, limit: int = A_PAGE
) -> Sequence[Institution]:
    """The same of a township: who cannot or will not tell the position finds the place here."""
    there = _asked(officer, InstitutionFilter(townships=[str(township.id)]), today)
    return session.scalars(there.order_by(*_LONGEST_AGO).limit(limit)).all()


def _asked(officer: Officer, wanted: InstitutionFilter, today: date) -> sa.Select[Institution]:
    return registry.with_venues(registry.listing(officer, wanted, today=today))


def near(
    session: Session, officer: Officer, here: Position, *, today: date, limit: int = A_PAGE
) -> Sequence[Near]:
    """What is not closed and has a position, the nearest first."""
    return maps.nearest(
        session, officer, InstitutionFilter(), here, today=today, limit=limit, flags={}
    )


def not_visited_since(day: date) -> sa.ColumnElement[bool]:
    """Institutions last visited before the day, or never."""
    return Institution.sort_visited < clock.from_local(datetime.combine(day, time()))


def not_visited_this_year(today: date) -> sa.ColumnElement[bool]:
    return not_visited_since(today.replace(month=1, day=1))


def mine(session: Session, officer: Officer, *, today: date) -> Mine:
    counted = registry.keys(officer, InstitutionFilter(view=View.MINE), today=today)
    visited = sa.case((not_visited_this_year(today), 0), else_=1)
    row = counted.with_only_columns(sa.func.count(), sa.func.sum(visited))
    total, reached = session.execute(row).one()
    return Mine(total, reached or 0)


def places(
    session: Session, words: str, officer: Officer, *, limit: int = A_PAGE
) -> list[Institution]:
    """The institutions nearest to what was typed, as the search box of every page finds them."""
    keys = [key for key, _ in registry.best(session, Search.by(officer, words), limit=limit)]
    found = session.scalars(
        sa.select(Institution)
        .where(Institution.id.in_(keys), officer.scope.clause(Institution.division_path))
        .options(joinedload(Institution.division), selectinload(Institution.venues))
    )
    by_key = {one.id: one for one in found}
    return [by_key[key] for key in keys]

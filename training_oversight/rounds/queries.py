"""The round of a day: an officer's visits, the nearest next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload, selectinload

from training_oversight import clock, places
from training_oversight.accounts.models import Officer
from training_oversight.inspections.models import Visit, VisitOfficer
from training_oversight.inspections.workflow import VisitState
from training_oversight.places import Position
from training_oversight.registry.models import Institution, Venue


@dataclass(frozen=True)
class Stop:
    """One visit of the round, and how many metres it lies from the stop before."""

    visit: Visit
    metres: int | None

    @property
    def venue(self) -> Venue | None:
        return self.visit.institution.main_venue


def visits_of_day(
    session: Session, officer: Officer, inspector_id: int, day: date
) -> Sequence[Visit]:
    """What is planned for that inspector, or has begun, or is done, by its hour."""
    begins = clock.from_local(datetime.combine(day, time()))
    ends = clock.from_local(datetime.combine(day + timedelta(days=1), time()))
    theirs = sa.select(VisitOfficer.visit_id).where(VisitOfficer.officer_id == inspector_id)
    return session.scalars(
        sa.select(Visit)
        .where(
            officer.scope.clause(Visit.division_path),
            Visit.id.in_(theirs),
            Visit.happened_at >= begins,
            Visit.happened_at < ends,
            Visit.state != VisitState.NOT_POSSIBLE,
        )
        .options(
            joinedload(Visit.institution).joinedload(Institution.division),
            joinedload(Visit.institution).selectinload(Institution.venues).raiseload("*"),
            selectinload(Visit.officers),
            raiseload("*"),
        )
        .order_by(Visit.happened_at, Visit.id)
    ).all()


def in_order(visits: Sequence[Visit], start: Position | None) -> list[Stop]:
    """From the start to the nearest, from there to the nearest that is left, and so on.

    Without a start the first by hour is where the round begins. Places without a position come
    last, by their hour.
    """
    left = [visit for visit in visits if position_of(visit) is not None]
    here, made = start, []
    while left:
        if here is None:
            nearest, metres = left[0], None
        else:
            nearest = min(left, key=lambda visit: _metres(here, visit))
            metres = _metres(here, nearest)
        left.remove(nearest)
        here = position_of(nearest)
        made.append(Stop(nearest, metres))
    return [*made, *(Stop(visit, None) for visit in visits if position_of(visit) is None)]


def position_of(visit: Visit) -> Position | None:
    venue = visit.institution.main_venue
    if venue is None or venue.latitude is None or venue.longitude is None:
        return None
    return Position(venue.latitude, venue.longitude)


def _metres(here: Position | None, visit: Visit) -> int:
    there = position_of(visit)
    assert here is not None, "the round has begun somewhere"
    assert there is not None, "those without a position are asked for nothing"
    return places.distance(here, there)

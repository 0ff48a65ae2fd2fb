"""Where the institutions of a list are: points for the map, and the nearest ones."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session, raiseload

from training_oversight import places
from training_oversight.accounts.models import Division, Officer
from training_oversight.places import Position
from training_oversight.registry.models import (
    ClosingKind,
    Institution,
    Venue,
)
from training_oversight.registry.queries.licence_states import (
    has_permit_on_file,
    is_licensed,
    is_unlicensed,
    licensed_sql,
    on_file_sql,
    unlicensed_sql,
)
from training_oversight.registry.queries.listing import InstitutionFilter, keys
from training_oversight.registry.queries.positions import IS_MAIN, MAIN, has_position
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import LabelledEnum, Text

# In metres: first a few streets, then twice as far each time, until there are enough or all.
FIRST_RADIUS, LAST_RADIUS = 1_000, 40_000_000
METRES_PER_DEGREE = 111_195
# Metres from which a distance is said in kilometres.
FAR = 10_000


class Permit(LabelledEnum):
    """Whether a paper that allows training stands, as far as one word on a map can say."""

    LICENSED = "licensed", Text("Licensed")
    LAPSED = "lapsed", Text("Permit no longer stands")
    UNLICENSED = "unlicensed", Text("Unlicensed")
    UNRECORDED = "unrecorded", Text("Permit not recorded")


@dataclass(frozen=True)
class Point:
    """An institution on the map: nothing about persons. ``flags`` are words of other areas."""

    id: int
    name: str
    kind_code: str | None
    division: str
    state: InstitutionState
    closing_kind: ClosingKind | None
    permit: Permit
    position: Position
    flags: frozenset[str]


@dataclass(frozen=True)
class Near:
    point: Point
    metres: int

    @property
    def away(self) -> Text:
        """How far off it is: to the metre at hand, to the kilometre far away."""
        if self.metres < FAR:
            return Text("%(metres)s m away", metres=f"{self.metres:,}")
        return Text("%(kilometres)s km away", kilometres=f"{round(self.metres / 1000):,}")


def permit(institution: Institution, today: date) -> Permit:
    """The same as the points have it, of one record whose licences are loaded."""
    if is_licensed(institution, today):
        return Permit.LICENSED
    if has_permit_on_file(institution):
        return Permit.LAPSED
    return Permit.UNLICENSED if is_unlicensed(institution) else Permit.UNRECORDED


def main_venues(session: Session, institution_ids: Sequence[int]) -> dict[int, Venue]:
    """The main venues of institutions that were found in a scope before, by institution."""
    found = session.scalars(
        sa.select(Venue)
        .where(Venue.institution_id.in_(institution_ids), IS_MAIN)
        .options(raiseload("*"))
    )
    return {venue.institution_id: venue for venue in found}


def count_placed(
    session: Session, officer: Officer, wanted: InstitutionFilter, *, today: date
) -> int:
    """How many of the institutions asked for have a position."""
    asked = keys(officer, wanted, today=today).where(has_position(yes=True)).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(asked)) or 0


def points(
    session: Session,
    officer: Officer,
    wanted: InstitutionFilter,
    *,
    today: date,
    limit: int,
    flags: Mapping[str, sa.ColumnElement[bool]],
) -> Sequence[Point]:
    """The institutions asked for that have a position, in the order of the list.

    ``flags`` are conditions of other areas by name; a point says which of them hold.
    """
    asked = (
        _placed(officer, wanted, today=today, flags=flags)
        .order_by(Institution.sort_key, Institution.id)
        .limit(limit)
    )
    return [_point(row, flags) for row in session.execute(asked)]


def nearest(
    session: Session,
    officer: Officer,
    wanted: InstitutionFilter,
    here: Position,
    *,
    today: date,
    limit: int,
    flags: Mapping[str, sa.ColumnElement[bool]],
) -> Sequence[Near]:
    """Those of the institutions asked for that are nearest, nearest first.

    A circle that grows until it holds enough: each is read by the index on positions.
    """
    asked = (
        keys(officer, wanted, today=today)
        .with_only_columns(Institution.id, Venue.latitude, Venue.longitude)
        .join_from(Institution, Venue, MAIN)
        .order_by(_about(here), Institution.id)
        .limit(limit)
    )
    radius, metres = FIRST_RADIUS, dict[int, int]()
    while radius <= LAST_RADIUS:
        rows = session.execute(asked.where(*_box(here, radius)))
        metres = {
            row.id: places.distance(here, Position(row.latitude, row.longitude)) for row in rows
        }
        # The corners of the box lie outside the circle: only within it they are surely the nearest.
        if len(metres) == limit and max(metres.values()) <= radius:
            break
        radius *= 2
    shown = _placed(officer, wanted, today=today, flags=flags).where(Institution.id.in_(metres))
    found = [Near(_point(row, flags), metres[row.id]) for row in session.execute(shown)]
    return sorted(found, key=lambda near: (near.metres, near.point.id))


def _placed(
    officer: Officer,
    wanted: InstitutionFilter,
    *,
    today: date,
    flags: Mapping[str, sa.ColumnElement[bool]],
) -> sa.Select[*tuple[object, ...]]:
    asked = (
        keys(officer, wanted, today=today)
        .with_only_columns(
            Institution.id,
            Institution.name,
            Institution.kind_code,
            Division.name.label("division"),
            Institution.state,
            Institution.closing_kind,
            _permit(today).label("permit"),
            Venue.latitude,
            Venue.longitude,
            *(clause.label(f"flag_{name}") for name, clause in flags.items()),
        )
        .join_from(Institution, Venue, MAIN)
        .join(Division, Division.id == Institution.division_id)
        .where(Venue.latitude.is_not(None))
    )
    return cast(sa.Select[*tuple[object, ...]], asked)


def _permit(today: date) -> sa.ColumnElement[str]:
    return sa.case(
        (licensed_sql(today), Permit.LICENSED.value),
        (on_file_sql(), Permit.LAPSED.value),
        (unlicensed_sql(), Permit.UNLICENSED.value),
        else_=Permit.UNRECORDED.value,
    )


def _point(row: sa.Row[*tuple[object, ...]], flags: Mapping[str, object]) -> Point:
    return Point(
        id=row.id,
        name=row.name,
        kind_code=row.kind_code,
        division=row.division,
        state=row.state,
        closing_kind=row.closing_kind,
        permit=PERMITS[row.permit],
        position=Position(row.latitude, row.longitude),
        flags=frozenset(name for name in flags if getattr(row, f"flag_{name}")),
    )


PERMITS = {permit.value: permit for permit in Permit}


def _box(here: Position, radius: int) -> list[sa.ColumnElement[bool]]:
    north = radius / METRES_PER_DEGREE
    east = north / _narrowing(here)
    return [
        Venue.latitude.between(here.latitude - north, here.latitude + north),
        Venue.longitude.between(here.longitude - east, here.longitude + east),
    ]


def _about(here: Position) -> sa.ColumnElement[float | None]:
    """The square of the distance in degrees north, near enough to put them in order."""
    north = Venue.latitude - here.latitude
    east = (Venue.longitude - here.longitude) * _narrowing(here)
    return north * north + east * east


def _narrowing(here: Position) -> float:
    """How much shorter a degree east is than one north; never nothing, as at the poles."""
    return max(math.cos(math.radians(here.latitude)), 0.01)

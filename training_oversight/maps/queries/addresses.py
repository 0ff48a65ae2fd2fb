"""Addresses whose position nobody has given: what a map service may be asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Division, DivisionLevel, Officer, Scope
from training_oversight.registry.models import Institution, PositionSource, Venue
from training_oversight.registry.queries.listing import InstitutionFilter, keys
from training_oversight.registry.queries.positions import MAIN

# Nobody looked there: no position, or one that a map service found.
NOT_GIVEN = sa.or_(Venue.latitude.is_(None), Venue.position_source == PositionSource.GEOCODED)


def to_locate(
    officer: Officer, wanted: InstitutionFilter, *, today: date, again: bool
) -> sa.Select[int]:
    """Those of the institutions asked for that have an address and no position.

    ``again``: those, too, whose position was found by an address before.
    """
    missing = NOT_GIVEN if again else Venue.latitude.is_(None)
    return (
        keys(officer, wanted, today=today)
        .join_from(Institution, Venue, MAIN)
        .where(Venue.address != "", missing)
        .order_by(Institution.id)
    )


@dataclass(frozen=True)
class Unplaced:
    """An address to ask a map service for; ``within`` names where it lies, province first."""

    address: str
    within: tuple[str, ...]


def unplaced(session: Session, institution_id: int, scope: Scope) -> Unplaced | None:
    """The address of an institution whose position nobody has given; ``None`` for any other."""
    row = session.execute(
        sa.select(Institution.division_path, Venue.address)
        .join(Venue, MAIN)
        .where(
            Institution.id == institution_id,
            scope.clause(Institution.division_path),
            Venue.address != "",
            NOT_GIVEN,
        )
    ).one_or_none()
    if row is None:
        return None
    above = session.execute(
        sa.select(Division.name)
        .where(
            Division.code.in_(row.division_path.strip("/").split("/")),
            Division.level != DivisionLevel.TOWNSHIP,
        )
        .order_by(sa.func.length(Division.path))
    )
    return Unplaced(row.address, tuple(above.scalars()))


@dataclass(frozen=True)
class Addressed:
    id: int
    name: str
    division: str
    address: str
    accuracy: int | None


def addressed(
    session: Session, institution_ids: Sequence[int], scope: Scope
) -> Sequence[Addressed]:
    """Names and addresses of those of the institutions that are in reach, as a list has them."""
    found = session.execute(
        sa.select(
            *(Institution.id, Institution.name, Division.name),
            *(Venue.address, Venue.position_accuracy),
        )
        .join(Venue, MAIN)
        .join(Division, Division.id == Institution.division_id)
        .where(Institution.id.in_(institution_ids), scope.clause(Institution.division_path))
        .order_by(Institution.sort_key, Institution.id)
    )
    return [Addressed(*row) for row in found]

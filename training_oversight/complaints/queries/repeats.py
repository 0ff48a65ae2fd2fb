"""Orders about the same place: what the desk sees at the side while a caller talks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from training_oversight.accounts.models import Officer
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.queries.records import readable
from training_oversight.complaints.workflow import OPEN, ComplaintState
from training_oversight.places import Position, distance

FEW = 5
# How near a described place must lie to be offered as perhaps the same, in metres.
NEAR = 200
# About so many degrees hold that distance, in any latitude of the country.
BOX = 0.004
# Shorter words are in too many descriptions to tell anything.
SHORTEST_WORD = 3


@dataclass(frozen=True)
class Repeat:
    """An open order that may be about the same, and why it is offered."""

    complaint: Complaint
    reporters: int
    # Metres, where both places have a position.
    away: int | None = None


def similar(
    session: Session,
    officer: Officer,
    *,
    institution_id: int | None,
    place: str = "",
    position: Position | None = None,
    without: int | None = None,
) -> list[Repeat]:
    """Open orders about the institution, or about a place described alike or near the pin."""
    about: list[sa.ColumnElement[bool]] = []
    if institution_id is not None:
        about.append(Complaint.institution_id == institution_id)
    elif len(place.strip()) >= SHORTEST_WORD:
        about.append(Complaint.place.contains(place.strip(), autoescape=True))
    if institution_id is None and position is not None:
        about.append(
            sa.and_(
                Complaint.latitude.between(position.latitude - BOX, position.latitude + BOX),
                Complaint.longitude.between(position.longitude - BOX, position.longitude + BOX),
            )
        )
    if not about:
        return []
    found = session.scalars(
        sa.select(Complaint)
        .where(
            readable(officer),
            Complaint.state.in_(OPEN),
            sa.or_(*about),
            Complaint.id != (without or 0),
        )
        .options(joinedload(Complaint.institution), joinedload(Complaint.department))
        .order_by(Complaint.received_on.desc(), Complaint.id.desc())
        .limit(FEW)
    ).all()
    counts = repeats(session, [one.id for one in found])
    near = [Repeat(one, counts.get(one.id, 0) + 1, _away(one, position)) for one in found]
    return [one for one in near if one.away is None or one.away <= NEAR]


def repeats(session: Session, keys: Iterable[int]) -> dict[int, int]:
    """How many others were merged into each order; one query for a page."""
    rows = session.execute(
        sa.select(Complaint.merged_into_id, sa.func.count())
        .where(Complaint.merged_into_id.in_(list(keys)), Complaint.state == ComplaintState.MERGED)
        .group_by(Complaint.merged_into_id)
    ).all()
    return {key: count for key, count in rows if key is not None}


def _away(one: Complaint, position: Position | None) -> int | None:
    if position is None or one.latitude is None or one.longitude is None:
        return None
    return round(distance(position, Position(one.latitude, one.longitude)))

"""Reports about places that are in no register, put together: perhaps a venue without a permit.

The machine proposes and says why; nothing is entered by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, load_only, raiseload

from training_oversight.accounts.models import Officer
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.queries.records import readable
from training_oversight.complaints.queries.repeats import BOX, NEAR
from training_oversight.complaints.workflow import ComplaintState
from training_oversight.names import naming
from training_oversight.places import Position, distance
from training_oversight.registry.models import Institution, Venue
from training_oversight.registry.queries import licensed_sql

# Older reports say little of what is there now.
LATELY = timedelta(days=180)
AT_LEAST = 2
MOST = 500


@dataclass(frozen=True)
class Cluster:
    """Reports that are probably about one place, the newest first."""

    reports: Sequence[Complaint]

    @property
    def place(self) -> str:
        """The longest description: it says most."""
        return max((one.place for one in self.reports), key=len)

    @property
    def times(self) -> list[datetime]:
        return [one.received_at for one in self.reports]


def suspected_venues(session: Session, officer: Officer, *, today: date) -> list[Cluster]:
    """Places that at least two reports describe alike or within 200 metres, with no licensed
    institution so near; most reports first. Two queries."""
    found = list(_reports(session, officer, today))
    groups: list[list[Complaint]] = []
    for one in found:
        home = next((group for group in groups if _alike(one, group[0])), None)
        groups.append([one]) if home is None else home.append(one)
    several = [Cluster(group) for group in groups if len(group) >= AT_LEAST]
    held = _licensed(session, several, today)
    return sorted(
        (one for one in several if not _beside_a_licensed(one, held)),
        key=lambda one: -len(one.reports),
    )


def _reports(session: Session, officer: Officer, today: date) -> Sequence[Complaint]:
    gone = (ComplaintState.DECLINED,)
    return session.scalars(
        sa.select(Complaint)
        .where(
            readable(officer),
            Complaint.institution_id.is_(None),
            Complaint.state.not_in(gone),
            Complaint.received_on >= today - LATELY,
        )
        .options(
            load_only(
                *(Complaint.year, Complaint.serial, Complaint.place, Complaint.latitude),
                *(Complaint.longitude, Complaint.received_at, Complaint.violation_code),
                *(Complaint.state, Complaint.kind),
            ),
            raiseload("*"),
        )
        .order_by(Complaint.received_at.desc(), Complaint.id.desc())
        .limit(MOST)
    ).all()


def _alike(one: Complaint, other: Complaint) -> bool:
    here, there = one.position, other.position
    if here is not None and there is not None:
        return distance(here, there) <= NEAR
    mine, theirs = naming.normalised(one.place), naming.normalised(other.place)
    return bool(mine and theirs) and (mine in theirs or theirs in mine)


def _licensed(session: Session, clusters: Sequence[Cluster], today: date) -> list[Position]:
    """The venues of licensed institutions around the clusters that have a position."""
    around = [one.position for each in clusters for one in each.reports if one.position]
    if not around:
        return []
    boxes = [
        sa.and_(
            Venue.latitude.between(one.latitude - BOX, one.latitude + BOX),
            Venue.longitude.between(one.longitude - BOX, one.longitude + BOX),
        )
        for one in around
    ]
    rows = session.execute(
        sa.select(Venue.latitude, Venue.longitude)
        .join(Institution, Institution.id == Venue.institution_id)
        .where(sa.or_(*boxes), Venue.ended_on.is_(None), licensed_sql(today))
    )
    return [
        Position(latitude, longitude)
        for latitude, longitude in rows
        if latitude is not None and longitude is not None
    ]


def _beside_a_licensed(cluster: Cluster, held: Sequence[Position]) -> bool:
    where = [one.position for one in cluster.reports if one.position]
    return any(distance(one, venue) <= NEAR for one in where for venue in held)

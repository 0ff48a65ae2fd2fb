"""The history of an order in sentences: what was put right, and from when to when its day went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.models import Division
from training_oversight.audit import Event, timeline
from training_oversight.audit.recent_changes import Reading
from training_oversight.catalogue import queries as catalogue
from training_oversight.complaints.kinds import ComplaintKind
from training_oversight.complaints.models import Complaint
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.web.components import TimelineEntry, Words

LABELS = {
    "account": Text("What the department reads"),
    "platform_on": Text("National platform"),
    "due_on": Text("Due"),
    "institution_id": Text("Institution told of"),
    "place": Text("Place as described"),
    "division_id": Text("Township"),
    "latitude": Text("Latitude"),
    "longitude": Text("Longitude"),
    "kind": Text("Kind"),
    "violation_code": Text("Subject"),
    "words": Text("What was told"),
    "happened": Text("When it happened"),
    "wanted": Text("What the caller wants"),
}


def entries(session: Session, events: Sequence[Event]) -> list[TimelineEntry]:
    """Names of places are asked for once, and only where a place was put right."""
    return timeline.entries(
        events,
        LABELS,
        {
            "kind": ComplaintKind,
            "institution_id": _names(session, Institution, _held(events, "institution_id")),
            "division_id": _names(session, Division, _held(events, "division_id")),
            "violation_code": _subjects(session, events),
        },
    )


def _held(events: Iterable[Event], column: str) -> set[object]:
    pairs = (event.changes.get(column, ()) for event in events if event.sequence > 1)
    return {value for pair in pairs for value in pair if value is not None}


def _names(
    session: Session, model: type[Institution] | type[Division], keys: set[object]
) -> dict[object, Words]:
    if not keys:
        return {}
    return dict(session.execute(sa.select(model.id, model.name).where(model.id.in_(keys))).all())


def _subjects(session: Session, events: Sequence[Event]) -> dict[object, Words]:
    if not _held(events, "violation_code"):
        return {}
    authority_id = session.scalars(
        sa.select(Complaint.authority_id).where(Complaint.id == events[0].subject_id)
    ).one()
    held = catalogue.violation_types(session, authority_id=authority_id, today=clock.today())
    return {one.code: one.label for one in held}


READING = Reading(("complaint",), entries)

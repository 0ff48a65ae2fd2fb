"""Where an institution teaches: positions set by people, and those found by an address."""

from __future__ import annotations

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from training_oversight import audit, database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.places import Position
from training_oversight.registry.models import Institution, PositionSource, Venue
from training_oversight.registry.service.opening import opened
from training_oversight.texts import Text
from training_oversight.workflow import authorise

PLACED = EventType.declare("venue.placed", Text("Position of the venue set"))


def place_venue(
    session: Session,
    institution: Institution,
    *,
    position: Position,
    source: PositionSource,
    accuracy: int | None = None,
    by: Officer,
    version: int | None = None,
) -> None:
    """Put the main venue where somebody says it is. ``accuracy`` in metres, where it is known."""
    opened(session, institution, by=by, version=version)
    _put(session, institution, position, source, accuracy, by=by)
    # Forms that others hold open show the old position.
    flag_modified(institution, "note")
    session.flush()


def place_by_address(
    session: Session,
    institution: Institution,
    *,
    address: str,
    position: Position,
    accuracy: int | None,
    by: Officer,
    note: str,
) -> bool:
    """Take over what a map service answered for ``address``; says whether it was still wanted.

    Never over a position that a person or a telephone gave, and not when the address has
    changed since it was asked for.
    """
    authorise(by, institution, Permission.EDIT_REGISTRY)
    database.locked(session, institution)
    session.refresh(institution, ["venues"])
    venue = institution.main_venue
    if venue is None:
        return False
    database.locked(session, venue)
    if venue.address != address or _is_given(venue):
        return False
    _put(session, institution, position, PositionSource.GEOCODED, accuracy, by=by, note=note)
    flag_modified(institution, "note")
    session.flush()
    return True


def _is_given(venue: Venue) -> bool:
    """Whether somebody, or a telephone, has said where it is."""
    return venue.latitude is not None and venue.position_source is not PositionSource.GEOCODED


def _put(
    session: Session,
    institution: Institution,
    position: Position,
    source: PositionSource,
    accuracy: int | None,
    *,
    by: Officer,
    note: str = "",
) -> None:
    values = {
        "latitude": position.latitude,
        "longitude": position.longitude,
        "position_source": source,
        "position_accuracy": accuracy,
    }
    venue = institution.main_venue
    if venue is None:
        venue = Venue(main=True, address="", **values)
        institution.venues.append(venue)
        audit.created(session, venue, PLACED, by=by, note=note)
        return
    with audit.editing(session, venue, PLACED, by=by, note=note):
        for column, value in values.items():
            setattr(venue, column, value)

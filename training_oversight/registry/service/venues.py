"""The places where an institution teaches: found, changed, given up; one of them the main one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from training_oversight import audit
from training_oversight.accounts.models import Officer
from training_oversight.audit import EventType
from training_oversight.errors import WrongState
from training_oversight.registry.fields import PLACES
from training_oversight.registry.models import (
    Institution,
    PositionSource,
    Premises,
    Venue,
)
from training_oversight.registry.service.institutions import VENUE_ADDED, VENUE_CHANGED
from training_oversight.registry.service.opening import check_day, opened
from training_oversight.registry.service.searching import refresh_search
from training_oversight.registry.service.values import VENUE, holding
from training_oversight.texts import Text

VENUE_ENDED = EventType.declare("venue.ended", Text("Venue given up"), ["address", "happened_on"])
MAIN_VENUE = EventType.declare("venue.main", Text("Main venue now"), ["address"])


@holding(PLACES)
@dataclass(frozen=True)
class VenueValues:
    """What is known of one place."""

    address: str
    premises: Premises | None = None
    latitude: float | None = None
    longitude: float | None = None
    position_source: PositionSource | None = None
    position_accuracy: int | None = None


def venue_values_of(venue: Venue) -> VenueValues:
    return VenueValues(**{name: getattr(venue, name) for name in VENUE})


def add_venue(
    session: Session,
    institution: Institution,
    *,
    values: VenueValues,
    by: Officer,
    version: int | None,
) -> Venue:
    """Another place where it teaches; the first one is the main one."""
    opened(session, institution, by=by, version=version)
    venue = Venue(main=institution.main_venue is None)
    _fill(venue, values)
    institution.venues.append(venue)
    audit.created(session, venue, VENUE_ADDED, by=by)
    _settled(session, institution)
    return venue


def change_venue(
    session: Session, venue: Venue, *, values: VenueValues, by: Officer, version: int | None
) -> None:
    """Correct what is known of a place. ``version`` is the institution's."""
    opened(session, venue.institution, by=by, version=version)
    _check_live(venue)
    with audit.editing(session, venue, VENUE_CHANGED, by=by):
        _fill(venue, values)
    _settled(session, venue.institution)


def end_venue(
    session: Session,
    venue: Venue,
    *,
    ended_on: date,
    reason: str,
    by: Officer,
    today: date,
    version: int | None,
) -> None:
    """It teaches there no more (搬离). Of those that are left the oldest becomes the main one."""
    institution = venue.institution
    opened(session, institution, by=by, version=version)
    _check_live(venue)
    check_day(ended_on, "ended_on", today=today)
    was_main, venue.main, venue.ended_on = venue.main, False, ended_on
    audit.record(
        session, venue, VENUE_ENDED, by=by, note=reason,
        address=venue.address, happened_on=ended_on,
    )  # fmt: skip
    left = [one for one in institution.venues if one.ended_on is None]
    if was_main and left:
        _promote(session, min(left, key=lambda one: one.id), by=by)
    _settled(session, institution)


def make_main(session: Session, venue: Venue, *, by: Officer) -> None:
    """This one is the main place from now on. It is already: nothing."""
    institution = venue.institution
    opened(session, institution, by=by, version=None)
    _check_live(venue)
    if venue.main:
        return
    present = institution.main_venue
    if present is not None:
        present.main = False
        # The index allows one main place at a time.
        session.flush()
    _promote(session, venue, by=by)
    _settled(session, institution)


def _check_live(venue: Venue) -> None:
    if venue.ended_on is not None:
        raise WrongState(Text("It has not taught there since %(day)s.", day=venue.ended_on))


def _fill(venue: Venue, values: VenueValues) -> None:
    for name in VENUE:
        setattr(venue, name, getattr(values, name))


def _promote(session: Session, venue: Venue, *, by: Officer) -> None:
    venue.main = True
    audit.record(session, venue, MAIN_VENUE, by=by, address=venue.address)


def _settled(session: Session, institution: Institution) -> None:
    """A change of a venue alone must make forms that others hold stale, too."""
    refresh_search(institution)
    flag_modified(institution, "note")
    session.flush()

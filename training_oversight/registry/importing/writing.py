"""Writing many rows at once: few statements for thousands of institutions, history included.

One by one, five thousand institutions take minutes; the values and events are those that
``registry.service`` would write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from training_oversight import database
from training_oversight.accounts.models import Officer
from training_oversight.audit import EventType
from training_oversight.audit.bulk import Entry, record_many
from training_oversight.audit.service import difference, snapshot
from training_oversight.database import Base
from training_oversight.registry import naming
from training_oversight.registry.importing.matching import Judged
from training_oversight.registry.importing.queries import Ground
from training_oversight.registry.importing.standing import OWN, PAPER, PLACE, licence_meant
from training_oversight.registry.models import (
    Institution,
    LegalForm,
    Licence,
    LicenceType,
    Mode,
    PositionSource,
    Premises,
    RowOutcome,
    Tenure,
    Venue,
)
from training_oversight.registry.service import institutions, licences
from training_oversight.registry.workflow import InstitutionState

TYPED: Mapping[str, Any] = {
    "legal_form": LegalForm,
    "mode": Mode,
    "premises": Premises,
    "tenure": Tenure,
    "licence_type": LicenceType,
    "licence_until": date.fromisoformat,
    "lease_until": date.fromisoformat,
    "platform_entered_on": date.fromisoformat,
}


class _Written:
    """What came into being and what changed, recorded together at the end."""

    def __init__(self) -> None:
        self.created: list[tuple[Base, EventType]] = []
        self.changed: list[Entry] = []
        self.touched: list[Institution] = []

    @contextmanager
    def changing(self, record: Base, kind: EventType) -> Iterator[None]:
        before = snapshot(record)
        yield
        changes = difference(before, snapshot(record))
        if changes:
            self.changed.append(Entry(record, kind, changes))

    def record(self, session: Session, *, by: Officer) -> None:
        session.add_all(record for record, _ in self.created)
        session.flush()
        new = [
            Entry(record, kind, difference({}, snapshot(record))) for record, kind in self.created
        ]
        record_many(session, [*new, *self.changed], by=by)


def write(session: Session, rows: Sequence[Judged], ground: Ground, *, by: Officer) -> None:
    """Put the new rows on the register and carry out the changes."""
    written, new = _Written(), []
    with session.no_autoflush:
        for row in rows:
            if row.outcome is RowOutcome.NEW:
                institution = _made(row, ground, written, at=database.instant(session))
                new.append((row, institution))
            elif row.outcome is RowOutcome.CHANGED and row.institution is not None:
                _change(row.institution, row, ground, written)
    written.record(session, by=by)
    for row, institution in new:
        row.institution_id = institution.id
    for institution in written.touched:
        session.expire(institution, ["division", "industry_department", "officer_in_charge"])


def _made(row: Judged, ground: Ground, written: _Written, *, at: datetime) -> Institution:
    institution = Institution(
        authority_id=ground.authority.id,
        aliases=[],
        former_names=[],
        stages=[],
        note="",
        entered_at=at,
        informal_name=False,
        department_overridden=False,
        state=InstitutionState.OPERATING,
        venues=[],
        licences=[],
    )
    written.created.append((institution, institutions.REGISTERED))
    _tell(institution, {"division_id": ground.division.id, **row.values}, ground)
    _place(institution, row.values, written)
    _paper(institution, row.values, written)
    institutions.refresh_search(institution)
    return institution


def _change(institution: Institution, row: Judged, ground: Ground, written: _Written) -> None:
    told = {name: new for name, (_, new) in row.changes.items()}
    with written.changing(institution, institutions.CHANGED):
        _tell(institution, told, ground)
    _place(institution, told, written)
    number = row.values.get("licence_number")
    _paper(institution, told if number is None else told | {"licence_number": number}, written)
    institutions.refresh_search(institution)
    # A change of the venue alone must make forms that others hold stale, too.
    flag_modified(institution, "note")
    written.touched.append(institution)


def _tell(institution: Institution, told: Mapping[str, Any], ground: Ground) -> None:
    """Take over what the row says of the institution itself."""
    for name in OWN:
        if name in told:
            setattr(institution, name, _typed(name, told[name]))
    if "name" in told:
        institution.match_name = naming.match_name(told["name"])
        institution.sort_key = naming.sort_key(told["name"])
    if "division_id" in told:
        institution.division_path = ground.paths[told["division_id"]]
    if "kind_code" in told and not institution.department_overridden:
        institution.industry_department_id = ground.industry.get(told["kind_code"])


def _place(institution: Institution, told: Mapping[str, Any], written: _Written) -> None:
    """Take over what it says of the main venue."""
    values = {name: _typed(name, told[name]) for name in PLACE if name in told}
    if "latitude" in values or "longitude" in values:
        values |= {"position_source": PositionSource.IMPORTED, "position_accuracy": None}
    venue = institution.main_venue
    if venue is not None:
        with written.changing(venue, institutions.VENUE_CHANGED):
            _set(venue, values)
    elif values:
        venue = Venue(main=True, **({"address": ""} | values))
        institution.venues.append(venue)
        written.created.append((venue, institutions.VENUE_ADDED))


def _paper(institution: Institution, told: Mapping[str, Any], written: _Written) -> None:
    """Take over what it says of the licence; a number not known yet is another licence."""
    values = {column: _typed(name, told[name]) for name, column in PAPER.items() if name in told}
    licence = licence_meant(institution, told.get("licence_number"))
    if licence is not None:
        with written.changing(licence, licences.CORRECTED):
            _set(licence, values)
    elif "number" in values:
        licence = Licence(**({"type": LicenceType.SCHOOL} | values))
        institution.licences.append(licence)
        written.created.append((licence, licences.ADDED))


def _set(record: Base, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(record, name, value)


def _typed(name: str, value: Any) -> Any:
    made = TYPED.get(name)
    return made(value) if made is not None else value

"""Writing many rows at once: few statements for hundreds of institutions, history included.

Which values an entry takes is said once, in ``registry.service``, for a record that is typed
in as for these. Here is only what makes it quick: the county's facts are loaded beforehand,
new records go to the tables without passing through the session, and the history of all rows
is written together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import database
from training_oversight.accounts.models import Officer
from training_oversight.audit import Event
from training_oversight.audit.bulk import key_of, record_many
from training_oversight.errors import BadInput
from training_oversight.intake import drafts
from training_oversight.intake.company import Values
from training_oversight.intake.drafts import Draft
from training_oversight.intake.matching import ACCURACY, PLACES, REMARKS, Judged
from training_oversight.intake.queries import Ground
from training_oversight.intake.register_values import as_typed, licence_meant, remarked
from training_oversight.intake.together import JournalLine, Together
from training_oversight.intake.workflow import RowOutcome
from training_oversight.registry.fields import OWN_COLUMNS, PAPER_COLUMNS, PLACE_COLUMNS
from training_oversight.registry.models import (
    Institution,
    Licence,
    LicenceType,
    PositionSource,
    Venue,
)
from training_oversight.registry.service import (
    InstitutionValues,
    LicenceValues,
    refresh_search,
    values_of,
)
from training_oversight.registry.service.institutions import VENUE_ADDED, enter, rewrite
from training_oversight.registry.service.licences import (
    enter_licence,
    licence_values_of,
    rewrite_licence,
)

# The version of a record that was written once.
FIRST = 1
WRITES = (RowOutcome.NEW, RowOutcome.CHANGED)
# What an institution's keys lead to; read again when they may have changed.
LOOKED_UP = ("division", "industry_department", "officer_in_charge")


@dataclass(frozen=True)
class CountyOfList:
    """The county of a list: what the rules ask about it was loaded beforehand."""

    ground: Ground
    at: datetime

    @property
    def authority_id(self) -> int:
        return self.ground.authority.id

    @property
    def today(self) -> date:
        return self.ground.today

    @property
    def industry(self) -> Mapping[str, int | None]:
        return self.ground.industry

    def path_of(self, division_id: int) -> str | None:
        path = self.ground.paths.get(division_id)
        return path if path is not None and self.ground.scope.covers(path) else None

    def has_department(self, department_id: int) -> bool:
        return department_id in self.ground.department_ids

    def has_officer(self, officer_id: int) -> bool:
        return officer_id in self.ground.officer_ids

    def holder_of(self, uscc: str, *, but: int | None) -> str | None:
        """Judging found whose code it is: a row with another's code means that other."""
        return None


@dataclass(frozen=True)
class Written:
    """What a row left on the register.

    ``undo`` is what a change replaced and what it added: {"before": [[table, key, {column:
    value}]], "made": [[table, key]], "event": the latest of the whole history at that moment,
    "acts": [[version before, version after, latest event before, latest event after]]}; taking
    the change back adds its own act. For a new institution only the event: all that came to be
    hangs on it.
    """

    institution_id: int
    left_version: int
    undo: Mapping[str, object]


def write(
    session: Session, rows: Sequence[Judged], ground: Ground, *, by: Officer
) -> dict[int, Written]:
    """Put the new rows on the register and carry out the changes, in a few statements.

    Returns what was written, by the number of the row. One that the rules refuse becomes a
    rejected row and leaves no trace.
    """
    around, journal = CountyOfList(ground, database.instant(session)), Together()
    versions = _versions(rows)
    since = latest_event(session) if versions else 0
    new: list[Institution] = []
    with session.no_autoflush:
        for row in rows:
            journal.row = row
            try:
                if row.outcome is RowOutcome.NEW:
                    row.institution = _enter(row, around, journal)
                    new.append(row.institution)
                elif row.outcome is RowOutcome.CHANGED and row.institution is not None:
                    _rewrite(row.institution, row, around, journal)
            except BadInput as refused:
                _refuse(session, row, refused, journal)
        for institution in journal.sought.values():
            refresh_search(institution)
    session.flush()
    _insert(session, new)
    record_many(session, [line.entry() for line in journal.lines], by=by)
    return _written(session, rows, journal.lines, since=since, versions=versions)


def latest_event(session: Session) -> int:
    """The latest of the whole history: what an act does lies between two of these."""
    return session.scalar(sa.select(sa.func.max(Event.id))) or 0


def _versions(rows: Sequence[Judged]) -> dict[int, int]:
    """The versions of the institutions that will change, by the number of the row."""
    return {
        row.number: row.institution.version
        for row in rows
        if row.outcome is RowOutcome.CHANGED and row.institution is not None
    }


def _written(
    session: Session,
    rows: Sequence[Judged],
    lines: Sequence[JournalLine],
    *,
    since: int,
    versions: Mapping[int, int],
) -> dict[int, Written]:
    latest = latest_event(session)
    undo: dict[int, dict[str, Any]] = {row.number: {"event": latest} for row in rows}
    for line in lines:
        if isinstance(line.record, Draft):
            continue
        about = [line.record.__tablename__, key_of(line.record)]
        if line.changes is None:
            undo[line.row.number].setdefault("made", []).append(about)
        else:
            old = {name: values[0] for name, values in line.changes.items()}
            undo[line.row.number].setdefault("before", []).append([*about, old])
    found = {}
    for row in rows:
        if row.outcome in WRITES and row.institution is not None:
            if row.outcome is RowOutcome.CHANGED:
                session.expire(row.institution, LOOKED_UP)
            version = row.institution.version if row.outcome is RowOutcome.CHANGED else FIRST
            if row.number in versions:
                undo[row.number]["acts"] = [[versions[row.number], version, since, latest]]
            row.institution_id = row.institution.id
            found[row.number] = Written(row.institution.id, version, undo[row.number])
    return found


def _refuse(session: Session, row: Judged, refused: BadInput, journal: Together) -> None:
    journal.forget(row)
    if row.outcome is RowOutcome.NEW:
        row.institution = None
    else:
        assert row.institution is not None
        for part in (*row.institution.venues, *row.institution.licences):
            if part in session.new:
                session.expunge(part)
            else:
                session.expire(part)
        session.expire(row.institution)
    row.outcome = RowOutcome.REJECTED
    row.reasons.append(refused.text)


def _enter(row: Judged, around: CountyOfList, journal: Together) -> Institution:
    told = {"division_id": around.ground.division.id, **row.values}
    institution = enter(InstitutionValues(**_said(told)), around, journal)
    _places(institution, told.get(PLACES, ()), journal)
    _paper(institution, told, around, journal)
    return institution


def _rewrite(
    institution: Institution, row: Judged, around: CountyOfList, journal: Together
) -> None:
    told = {name: new for name, (_, new) in row.changes.items()}
    if ACCURACY in row.values:
        told[ACCURACY] = row.values[ACCURACY]
    rewrite(institution, replace(values_of(institution), **_said(told)), around, journal)
    _places(institution, told.get(PLACES, ()), journal)
    if "licence_number" in row.values:
        told["licence_number"] = row.values["licence_number"]
    _paper(institution, told, around, journal)


def _said(told: Values) -> dict[str, Any]:
    """What the row says of the institution and of its main venue."""
    columns = (*OWN_COLUMNS, *PLACE_COLUMNS)
    values = {name: as_typed(name, told[name]) for name in columns if name in told}
    if REMARKS in told:
        values["note"] = remarked(values.get("note"), told[REMARKS])
    if "latitude" in values or "longitude" in values:
        values |= {"position_source": PositionSource.IMPORTED, ACCURACY: told.get(ACCURACY)}
    return values


def _places(institution: Institution, places: Sequence[Values], journal: Together) -> None:
    """The further venues of an institution, beside its main one."""
    for told in places:
        venue = journal.new(Venue, main=False, **_of_place(told))
        institution.venues.append(venue)
        journal.created(venue, VENUE_ADDED)
    if places:
        journal.reworded(institution)


def _of_place(told: Values) -> dict[str, Any]:
    columns = PLACE_COLUMNS.items()
    values = {column: as_typed(name, told[name]) for name, column in columns if name in told}
    if "latitude" in values:
        values["position_source"] = PositionSource.IMPORTED
        values[ACCURACY] = told.get(ACCURACY)
    return values


def _paper(institution: Institution, told: Values, around: CountyOfList, journal: Together) -> None:
    """Take over what it says of the licence; a number not known yet is another licence."""
    columns = PAPER_COLUMNS.items()
    values = {column: as_typed(name, told[name]) for name, column in columns if name in told}
    licence = licence_meant(institution, told.get("licence_number"))
    # That it bears its own number says nothing new of a paper.
    if licence is not None and values.keys() - {"number"}:
        rewrite_licence(
            licence, replace(licence_values_of(licence), **values), journal, today=around.today
        )
    elif licence is None and "number" in values:
        paper = LicenceValues(**({"type": LicenceType.SCHOOL} | values))
        enter_licence(institution, paper, journal, today=around.today)


def _insert(session: Session, new: Sequence[Institution]) -> None:
    """Put the new institutions with their venues and papers into the tables."""
    drafts.insert(session, Institution, new)
    for institution in new:
        parts: Sequence[Venue | Licence] = (*institution.venues, *institution.licences)
        for part in parts:
            part.institution_id = institution.id
    drafts.insert(session, Venue, [venue for one in new for venue in one.venues])
    drafts.insert(session, Licence, [licence for one in new for licence in one.licences])

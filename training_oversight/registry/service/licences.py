"""The papers of an institution, and what happens to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from training_oversight import audit, database, workflow
from training_oversight.accounts.models import Officer
from training_oversight.audit import EventType
from training_oversight.errors import BadInput, NotFound, WrongState
from training_oversight.law import identifiers
from training_oversight.registry.models import (
    AnnualGrade,
    Institution,
    Licence,
    LicenceEvent,
    LicenceEventKind,
    LicenceType,
)
from training_oversight.registry.service.institutions import refresh_search
from training_oversight.registry.service.surroundings import AtOnce, Journal
from training_oversight.texts import Text

K = LicenceEventKind
ADDED = EventType.declare("licence.added", Text("Licence recorded"))
CORRECTED = EventType.declare("licence.corrected", Text("Licence corrected"))
HAPPENED = {
    kind: EventType.declare(kind.value, kind.label, ["on", "grade", "year", "until"]) for kind in K
}
SUBJECT = "subject"
# 双减: since that year no new subject institutions are approved.
LAST_YEAR_OF_APPROVALS = 2021


@dataclass(frozen=True)
class LicenceValues:
    """What stands on the paper, and why it was given where none should be."""

    type: LicenceType
    number: str | None = None
    issuer: str | None = None
    scope: str | None = None
    issued_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    exception_reason: str | None = None


COLUMNS = (
    "type", "issuer", "scope", "issued_on", "valid_from", "valid_until", "exception_reason",
)  # fmt: skip


def needs_exception(institution: Institution, values: LicenceValues) -> bool:
    """Whether it would be a new approval of a subject institution, which no longer exists."""
    early = values.issued_on is not None and values.issued_on.year <= LAST_YEAR_OF_APPROVALS
    return institution.kind_code == SUBJECT and values.type is LicenceType.SCHOOL and not early


def add_licence(
    session: Session,
    institution: Institution,
    *,
    values: LicenceValues,
    by: Officer,
    today: date,
) -> Licence:
    """Record a paper. Raises ``BadInput`` for dates that cannot be and for a missing reason."""
    database.locked(session, institution)
    _check_scope(institution, by)
    licence = enter_licence(institution, values, AtOnce(session, by), today=today)
    session.flush()
    return licence


def enter_licence(
    institution: Institution, values: LicenceValues, journal: Journal, *, today: date
) -> Licence:
    """The rules by which a paper is recorded, typed in or imported."""
    check_licence(institution, values, today=today)
    licence = Licence(**{name: getattr(values, name) for name in COLUMNS})
    licence.number = _number(values)
    institution.licences.append(licence)
    journal.created(licence, ADDED)
    refresh_search(institution)
    return licence


def change_licence(
    session: Session,
    licence: Licence,
    *,
    values: LicenceValues,
    by: Officer,
    today: date,
    version: int | None,
) -> None:
    """Correct what was recorded of a paper. Raises ``StaleForm``, ``BadInput``."""
    database.locked(session, licence)
    workflow.seen(licence, version)
    _check_scope(licence.institution, by)
    rewrite_licence(licence, values, AtOnce(session, by), today=today)
    session.flush()


def rewrite_licence(
    licence: Licence, values: LicenceValues, journal: Journal, *, today: date
) -> None:
    """The rules by which what is recorded of a paper changes, typed in or imported."""
    check_licence(licence.institution, values, today=today)
    with journal.editing(licence, CORRECTED):
        for name in COLUMNS:
            setattr(licence, name, getattr(values, name))
        licence.number = _number(values)
    refresh_search(licence.institution)


def licence_values_of(licence: Licence) -> LicenceValues:
    """The paper as it is recorded; ``dataclasses.replace`` makes the next values of it."""
    return LicenceValues(
        number=licence.number, **{name: getattr(licence, name) for name in COLUMNS}
    )


def record_licence_event(
    session: Session,
    licence: Licence,
    *,
    kind: LicenceEventKind,
    on_day: date,
    by: Officer,
    today: date,
    grade: AnnualGrade | None = None,
    year: int | None = None,
    valid_until: date | None = None,
    note: str = "",
    version: int | None = None,
) -> LicenceEvent:
    """An annual check, a suspension, a renewal … as it happened on a day.

    Raises ``WrongState`` when the paper's present state does not allow it.
    """
    database.locked(session, licence)
    workflow.seen(licence, version)
    _check_scope(licence.institution, by)
    if kind not in possible_events(licence):
        raise WrongState(
            Text("“%(event)s” is not possible for this licence now.", event=kind.label)
        )
    _check_day(on_day, "on_day", today=today)
    if kind is K.ANNUAL_CHECK:
        _check_annual(grade, year)
    _take_effect(licence, kind, on_day=on_day, valid_until=valid_until)
    happened = LicenceEvent(
        kind=kind,
        on_day=on_day,
        grade=grade,
        year=year,
        note=note,
        entered_by_id=by.id,
        entered_at=database.instant(session),
    )
    licence.events.append(happened)
    audit.record(
        session, licence, HAPPENED[kind], by=by, note=note,
        on=on_day, grade=grade, year=year, until=valid_until,
    )  # fmt: skip
    return happened


def possible_events(licence: Licence) -> list[LicenceEventKind]:
    """What can happen to the paper as it stands; the form offers nothing else."""
    if licence.ended_on is not None:
        return []
    suspended = licence.suspended_on is not None
    return [kind for kind in K if kind is not (K.SUSPENDED if suspended else K.RESUMED)]


def _take_effect(
    licence: Licence, kind: LicenceEventKind, *, on_day: date, valid_until: date | None
) -> None:
    match kind:
        case K.RENEWED:
            licence.valid_until = _later(licence, valid_until)
        case K.SUSPENDED:
            licence.suspended_on = on_day
        case K.RESUMED:
            licence.suspended_on = None
        case K.REVOKED | K.CANCELLED:
            licence.ended_on, licence.ended_by = on_day, kind


def _later(licence: Licence, valid_until: date | None) -> date:
    if valid_until is None:
        sentence = Text("Enter the new last day of validity.")
        raise BadInput(sentence, {"valid_until": sentence})
    if licence.valid_until is not None and valid_until <= licence.valid_until:
        sentence = Text(
            "The licence is valid until %(day)s already; a renewal ends later.",
            day=licence.valid_until,
        )
        raise BadInput(sentence, {"valid_until": sentence})
    return valid_until


def _check_annual(grade: AnnualGrade | None, year: int | None) -> None:
    if year is None:
        sentence = Text("Enter the year that was checked.")
        raise BadInput(sentence, {"year": sentence})
    if grade is None:
        sentence = Text("Choose the grade of the annual check.")
        raise BadInput(sentence, {"grade": sentence})


def check_licence(institution: Institution, values: LicenceValues, *, today: date) -> None:
    """Raises ``BadInput`` for what cannot stand on a paper of this institution."""
    if values.issued_on is not None:
        _check_day(values.issued_on, "issued_on", today=today)
    if values.valid_from and values.valid_until and values.valid_until < values.valid_from:
        sentence = Text("The last day of validity must not be before the first.")
        raise BadInput(sentence, {"valid_until": sentence})
    if needs_exception(institution, values) and not values.exception_reason:
        sentence = Text(
            "New subject institutions are no longer approved: say why this permit exists. "
            "It stays marked."
        )
        raise BadInput(sentence, {"exception_reason": sentence})


def _check_day(day: date, field: str, *, today: date) -> None:
    if day > today:
        sentence = Text("Not later than today (%(today)s).", today=today)
        raise BadInput(sentence, {field: sentence})


def _check_scope(institution: Institution, by: Officer) -> None:
    if not by.scope.covers(institution.division_path):
        raise NotFound


def _number(values: LicenceValues) -> str | None:
    if not values.number:
        return None
    if values.type is LicenceType.SCHOOL:
        return identifiers.clean_licence_number(values.number).number
    return values.number.strip()

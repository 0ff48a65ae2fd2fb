"""What happens to a paper: checks, suspensions, renewals, its end."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.errors import BadInput, Checks, WrongState
from training_oversight.registry import queries
from training_oversight.registry.models import (
    AnnualGrade,
    Licence,
    LicenceEvent,
    LicenceEventKind,
)
from training_oversight.registry.service.opening import check_day
from training_oversight.texts import Text
from training_oversight.workflow import authorise

K = LicenceEventKind
HAPPENED = {
    kind: EventType.declare(kind.value, kind.label, ["on", "grade", "year", "until"]) for kind in K
}


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
    authorise(by, licence.institution, Permission.EDIT_REGISTRY)
    database.locked(session, licence)
    database.seen(licence, version)
    if kind not in possible_events(licence):
        raise WrongState(
            Text("“%(event)s” is not possible for this licence now.", event=kind.label)
        )
    check_day(on_day, "on_day", today=today)
    if kind is K.ANNUAL_CHECK:
        _check_annual(grade, year)
    _check_order(licence, kind, on_day)
    happened = LicenceEvent(
        kind=kind,
        on_day=on_day,
        previous_until=licence.valid_until if kind is K.RENEWED else None,
        grade=grade,
        year=year,
        note=note,
        entered_by_id=by.id,
        entered_at=database.instant(session),
    )
    _take_effect(licence, kind, on_day=on_day, valid_until=valid_until)
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


def _check_order(licence: Licence, kind: LicenceEventKind, on_day: date) -> None:
    """A suspension and its end take turns, so that every day has one answer."""
    if kind not in queries.SUSPENSIONS:
        return
    last = max(
        (one.on_day for one in licence.events if one.kind in queries.SUSPENSIONS), default=on_day
    )
    if on_day < last:
        sentence = Text(
            "Not before %(day)s, when it was suspended or the suspension was lifted last.",
            day=last,
        )
        raise BadInput(sentence, {"on_day": sentence})


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
    checks = Checks()
    with checks.each():
        if year is None:
            sentence = Text("Enter the year that was checked.")
            raise BadInput(sentence, {"year": sentence})
    with checks.each():
        if grade is None:
            sentence = Text("Choose the grade of the annual check.")
            raise BadInput(sentence, {"grade": sentence})
    checks.settle()

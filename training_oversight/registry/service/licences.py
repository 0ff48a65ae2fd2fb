"""The papers of an institution."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from training_oversight import database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.errors import BadInput, Checks
from training_oversight.law import identifiers
from training_oversight.registry import queries
from training_oversight.registry.fields import PAPERS, Kind
from training_oversight.registry.models import Institution, Licence, LicenceType
from training_oversight.registry.service.opening import check_day
from training_oversight.registry.service.surroundings import AtOnce, Journal
from training_oversight.registry.service.values import holding
from training_oversight.texts import Text
from training_oversight.workflow import authorise

ADDED = EventType.declare("licence.added", Text("Licence recorded"))
CORRECTED = EventType.declare("licence.corrected", Text("Licence corrected"))


@holding(PAPERS)
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


# The number is written in one spelling; the others are taken over as they are.
COLUMNS = tuple(one.column for one in PAPERS if one.kind is not Kind.LICENCE_NUMBER)


def needs_exception(kind_code: str | None, values: LicenceValues) -> bool:
    """Whether it would be a new approval of a subject institution, which no longer exists."""
    return queries.wants_reason(kind_code, values.type, values.issued_on)


def add_licence(
    session: Session,
    institution: Institution,
    *,
    values: LicenceValues,
    by: Officer,
    today: date,
) -> Licence:
    """Record a paper. Raises ``BadInput`` for dates that cannot be and for a missing reason."""
    authorise(by, institution, Permission.EDIT_REGISTRY)
    database.locked(session, institution)
    licence = enter_licence(institution, values, AtOnce(session, by), today=today)
    session.flush()
    return licence


def enter_licence(
    institution: Institution, values: LicenceValues, journal: Journal, *, today: date
) -> Licence:
    """The rules by which a paper is recorded, typed in or imported."""
    check_licence(institution.kind_code, values, today=today)
    licence = journal.new(Licence, **{name: getattr(values, name) for name in COLUMNS})
    licence.number = _number(values)
    institution.licences.append(licence)
    journal.created(licence, ADDED)
    journal.reworded(institution)
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
    authorise(by, licence.institution, Permission.EDIT_REGISTRY)
    database.locked(session, licence)
    database.seen(licence, version)
    rewrite_licence(licence, values, AtOnce(session, by), today=today)
    session.flush()


def rewrite_licence(
    licence: Licence, values: LicenceValues, journal: Journal, *, today: date
) -> None:
    """The rules by which what is recorded of a paper changes, typed in or imported."""
    check_licence(licence.institution.kind_code, values, today=today)
    with journal.editing(licence, CORRECTED):
        for name in COLUMNS:
            setattr(licence, name, getattr(values, name))
        licence.number = _number(values)
    journal.reworded(licence.institution)


def licence_values_of(licence: Licence) -> LicenceValues:
    """The paper as it is recorded; ``dataclasses.replace`` makes the next values of it."""
    return LicenceValues(
        number=licence.number, **{name: getattr(licence, name) for name in COLUMNS}
    )


def check_licence(kind_code: str | None, values: LicenceValues, *, today: date) -> None:
    """Raises ``BadInput`` for what cannot stand on a paper of an institution of that kind."""
    checks = Checks()
    with checks.each():
        if values.issued_on is not None:
            check_day(values.issued_on, "issued_on", today=today)
    with checks.each():
        if values.valid_from and values.valid_until and values.valid_until < values.valid_from:
            sentence = Text("The last day of validity must not be before the first.")
            raise BadInput(sentence, {"valid_until": sentence})
    with checks.each():
        if needs_exception(kind_code, values) and not values.exception_reason:
            sentence = Text(
                "New subject institutions are no longer approved: say why this permit exists. "
                "It stays marked."
            )
            raise BadInput(sentence, {"exception_reason": sentence})
    checks.settle()


def _number(values: LicenceValues) -> str | None:
    if not values.number:
        return None
    # Without a digit it is no number: 有 and 见附件 say only that there is a paper.
    return identifiers.clean_licence_number(values.number).number or None

"""Conversions (营转非, 学转非 …): one file, one history, counted by their day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.models import Officer
from training_oversight.audit import EventType
from training_oversight.errors import BadInput, Checks, WrongState
from training_oversight.registry import queries
from training_oversight.registry.models import (
    Conversion,
    ConversionKind,
    Institution,
    LegalForm,
)
from training_oversight.registry.queries import SUBJECT
from training_oversight.registry.service.opening import check_day, opened
from training_oversight.registry.service.values import InstitutionValues
from training_oversight.texts import Text

CONVERTED = EventType.declare(
    "institution.converted", Text("Converted"), ["what", "happened_on", "document"]
)
TAKEN_BACK = EventType.declare(
    "institution.conversion_taken_back", Text("Conversion struck off"), ["what", "on"]
)


@dataclass(frozen=True)
class ConversionValues:
    """What it was, what it became, on what day and by which paper."""

    kind: ConversionKind
    on_day: date
    from_kind_code: str | None
    to_kind_code: str | None
    from_legal_form: LegalForm | None
    to_legal_form: LegalForm | None
    document: str = ""
    note: str = ""


def convert(
    session: Session,
    institution: Institution,
    *,
    values: ConversionValues,
    by: Officer,
    today: date,
    version: int | None,
) -> Conversion:
    """Record a conversion; the institution takes over what it became.

    One that came before another conversion on record only adds to the file.
    Raises ``BadInput`` for one that changes nothing or is of another kind than it says.
    """
    opened(session, institution, by=by, version=version)
    _check(session, institution, values, today=today)
    before = audit.differences.snapshot(institution)
    if not _later(session, institution, values.on_day):
        institution.kind_code, institution.legal_form = values.to_kind_code, values.to_legal_form
        _settle_department(session, institution, today=today)
    made = Conversion(
        institution_id=institution.id,
        division_path=institution.division_path,
        entered_by_id=by.id,
        entered_at=database.instant(session),
        **vars(values),
    )
    session.add(made)
    audit.record(
        session,
        institution,
        CONVERTED,
        by=by,
        note=values.note,
        changes=audit.differences.difference(before, audit.differences.snapshot(institution)),
        what=values.kind,
        happened_on=values.on_day,
        document=values.document,
    )
    session.expire(institution, ["industry_department"])
    return made


def looks_like_conversion(before: InstitutionValues, after: InstitutionValues) -> bool:
    """Whether an edit did what a conversion does: to non-profit, or away from subject training."""
    profit = before.legal_form in (LegalForm.COMPANY, LegalForm.INDIVIDUAL)
    to_non_profit = profit and after.legal_form is LegalForm.NON_ENTERPRISE
    to_non_subject = before.kind_code == SUBJECT and after.kind_code not in (None, SUBJECT)
    return to_non_profit or to_non_subject


def strike_off(session: Session, conversion: Conversion, *, reason: str, by: Officer) -> None:
    """It was entered in error: it is counted no more. What the institution is now stays."""
    opened(session, conversion.institution, by=by, version=None)
    session.refresh(conversion)
    if conversion.struck_off_at is not None:
        raise WrongState(Text("This conversion is struck off already."))
    conversion.struck_off_at = database.instant(session)
    audit.record(
        session, conversion.institution, TAKEN_BACK, by=by, note=reason,
        what=conversion.kind, on=conversion.on_day,
    )  # fmt: skip


def _check(
    session: Session, institution: Institution, values: ConversionValues, *, today: date
) -> None:
    checks = Checks()
    with checks.each():
        check_day(values.on_day, "on_day", today=today)
    for field in ("from_kind_code", "to_kind_code"):
        with checks.each():
            _check_kind(session, institution, getattr(values, field), field, today=today)
    with checks.each():
        _check_change(values)
    with checks.each():
        _check_meaning(values)
    checks.settle()


def _check_change(values: ConversionValues) -> None:
    same_kind = values.from_kind_code == values.to_kind_code
    if same_kind and values.from_legal_form == values.to_legal_form:
        sentence = Text("Nothing is converted: kind and legal form are the same as before.")
        raise BadInput(sentence, {"to_kind_code": sentence})


def _check_kind(
    session: Session, institution: Institution, code: str | None, field: str, *, today: date
) -> None:
    """A kind of the catalogue, or the one that the institution has all the same."""
    known = queries.industry(session, institution.authority_id, today=today)
    if code is not None and code != institution.kind_code and code not in known:
        sentence = Text("There is no such kind of institution in the catalogue.")
        raise BadInput(sentence, {field: sentence})


def _check_meaning(values: ConversionValues) -> None:
    """A conversion is what it is called, or the count of its kind says something else."""
    match values.kind:
        case ConversionKind.TO_NON_PROFIT:
            meant = (
                values.to_legal_form is LegalForm.NON_ENTERPRISE
                and values.from_legal_form is not LegalForm.NON_ENTERPRISE
            )
            field = "to_legal_form"
            sentence = Text("Conversion to non-profit ends as a private non-enterprise unit.")
        case ConversionKind.TO_NON_SUBJECT:
            meant = (
                values.from_kind_code == SUBJECT
                and values.to_kind_code is not None
                and values.to_kind_code != SUBJECT
            )
            field = "to_kind_code"
            sentence = Text("Conversion to non-subject goes from subject training to another kind.")
        case _:
            return
    if not meant:
        raise BadInput(sentence, {field: sentence})


def _later(session: Session, institution: Institution, day: date) -> bool:
    return bool(
        session.scalar(
            sa.select(
                sa.exists().where(
                    Conversion.institution_id == institution.id,
                    Conversion.on_day > day,
                    Conversion.struck_off_at.is_(None),
                )
            )
        )
    )


def _settle_department(session: Session, institution: Institution, *, today: date) -> None:
    """The industry department goes with the kind, unless an officer decided otherwise."""
    if not institution.department_overridden:
        mapped = queries.industry(session, institution.authority_id, today=today)
        institution.industry_department_id = mapped.get(institution.kind_code or "")

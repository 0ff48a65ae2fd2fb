"""Annual checks: one grade a year, whichever of its papers it was entered on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload, selectinload

from training_oversight.accounts.models import Officer
from training_oversight.registry.models import (
    TRAINING_LICENCES,
    AnnualGrade,
    Institution,
    Licence,
    LicenceEvent,
    LicenceEventKind,
)
from training_oversight.registry.queries.charge import live

# Of these the institution still owes something.
OWING = (AnnualGrade.FAILED, AnnualGrade.ABSENT)


def checks_by_year(institution: Institution) -> Mapping[int, LicenceEvent]:
    """The check of each year, newest year first. What was entered last is the one that counts."""
    found: dict[int, LicenceEvent] = {}
    checks = (
        one
        for licence in institution.licences
        for one in licence.events
        if one.kind is LicenceEventKind.ANNUAL_CHECK and one.year is not None
    )
    for check in sorted(checks, key=lambda one: (one.year or 0, one.id), reverse=True):
        found.setdefault(check.year or 0, check)
    return found


def last_grade(institution: Institution) -> AnnualGrade | None:
    """The grade of the last year that was checked."""
    return next((check.grade for check in checks_by_year(institution).values()), None)


def to_check(officer: Officer, *, only_open: int | None = None) -> sa.Select[*tuple[object, ...]]:
    """The live institutions that hold a permit; with a year, those not checked in it yet."""
    found = sa.select(Institution).where(
        officer.scope.clause(Institution.division_path), *live(), _permit()
    )
    if only_open is not None:
        found = found.where(~_checked_in(only_open))
    return found.options(
        joinedload(Institution.officer_in_charge),
        selectinload(Institution.licences).raiseload("*"),
        raiseload("*"),
    )


def check_counts(session: Session, officer: Officer, year: int) -> tuple[int, int]:
    """(all that hold a permit, those of them that are checked in the year)."""
    row = session.execute(
        sa.select(
            sa.func.count(), sa.func.coalesce(sa.func.sum(sa.case((_checked_in(year), 1))), 0)
        )
        .select_from(Institution)
        .where(officer.scope.clause(Institution.division_path), *live(), _permit())
    ).one()
    return row[0], row[1]


def checks_of(
    session: Session, institutions: Sequence[Institution], year: int
) -> Mapping[int, LicenceEvent]:
    """Institution -> its check of the year, in one query."""
    rows = session.execute(
        sa.select(Licence.institution_id, LicenceEvent)
        .join(Licence, Licence.id == LicenceEvent.licence_id)
        .where(
            Licence.institution_id.in_([one.id for one in institutions]),
            LicenceEvent.kind == LicenceEventKind.ANNUAL_CHECK,
            LicenceEvent.year == year,
        )
        .order_by(LicenceEvent.id)
    )
    # What was entered last stands.
    return {row.institution_id: row.LicenceEvent for row in rows}


def _permit() -> sa.ColumnElement[bool]:
    return sa.exists().where(
        Licence.institution_id == Institution.id,
        Licence.type.in_(TRAINING_LICENCES),
        Licence.ended_on.is_(None),
    )


def _checked_in(year: int) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        Licence.institution_id == Institution.id,
        LicenceEvent.licence_id == Licence.id,
        LicenceEvent.kind == LicenceEventKind.ANNUAL_CHECK,
        LicenceEvent.year == year,
    )

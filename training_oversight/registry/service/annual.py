"""The annual checks of one year, entered for many institutions at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from training_oversight import database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit.bulk import Entry, record_many
from training_oversight.errors import BadInput, NotFound, StaleForm, WrongState
from training_oversight.registry import queries
from training_oversight.registry.models import (
    AnnualGrade,
    Institution,
    LicenceEvent,
    LicenceEventKind,
)
from training_oversight.registry.service.licence_events import HAPPENED
from training_oversight.registry.service.opening import check_day
from training_oversight.texts import Text
from training_oversight.workflow import authorise

FIRST_YEAR = 2000
CHECK = LicenceEventKind.ANNUAL_CHECK


@dataclass(frozen=True)
class Graded:
    """The grade of one institution, and the key of the check that the page showed (0: none)."""

    institution_id: int
    grade: AnnualGrade
    seen: int = 0


def grade_many(
    session: Session,
    year: int,
    graded: Sequence[Graded],
    *,
    on_day: date,
    by: Officer,
    today: date,
) -> int:
    """Enter the grades of a year; those that stand as given are left alone. How many were entered.

    All of them or none: raises ``StaleForm`` if somebody entered another grade meanwhile.
    """
    authorise(by, by, Permission.EDIT_REGISTRY)
    check_year(year, today=today)
    check_day(on_day, "on_day", today=today)
    institutions = _locked(session, [one.institution_id for one in graded], by=by)
    standing = queries.checks_of(session, list(institutions.values()), year)
    made = []
    for one in graded:
        institution, check = institutions[one.institution_id], standing.get(one.institution_id)
        if (check.id if check else 0) != one.seen:
            raise StaleForm(_meanwhile(institution))
        if check is None or check.grade is not one.grade:
            made.append(_entered(session, institution, one.grade, year, on_day=on_day, by=by))
    record_many(session, made, by=by)
    return len(made)


def check_year(year: int, *, today: date) -> None:
    """A year of checks is one that has begun."""
    if not FIRST_YEAR <= year <= today.year:
        raise BadInput(Text("There is no annual check of the year %(year)s.", year=year))


def _entered(
    session: Session,
    institution: Institution,
    grade: AnnualGrade,
    year: int,
    *,
    on_day: date,
    by: Officer,
) -> Entry:
    permits = queries.standing_permits(institution)
    if not permits:
        raise WrongState(Text("%(name)s holds no permit any more.", name=institution.name))
    permit = max(permits, key=lambda paper: (paper.valid_until or date.max, paper.id))
    session.add(
        LicenceEvent(
            licence_id=permit.id,
            kind=CHECK,
            on_day=on_day,
            grade=grade,
            year=year,
            note="",
            entered_by_id=by.id,
            entered_at=database.instant(session),
        )
    )
    session.expire(permit, ["events"])
    facts = {"on": on_day, "grade": grade, "year": year, "until": None}
    return Entry(permit, HAPPENED[CHECK], facts=facts)


def _locked(
    session: Session, institution_ids: Sequence[int], *, by: Officer
) -> Mapping[int, Institution]:
    found = {
        one.id: one
        for one in session.scalars(
            sa.select(Institution)
            .where(
                Institution.id.in_(institution_ids),
                by.scope.clause(Institution.division_path),
            )
            .options(selectinload(Institution.licences))
            .order_by(Institution.id)
            .with_for_update(of=Institution)
            .execution_options(populate_existing=True)
        )
    }
    if set(institution_ids) - found.keys():
        raise NotFound
    return found


def _meanwhile(institution: Institution) -> Text:
    return Text(
        "Not saved: somebody entered a check of %(name)s meanwhile. What you chose is still "
        "here; compare it with what stands, then save again.",
        name=institution.name,
    )

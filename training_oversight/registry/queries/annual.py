"""Annual checks: one grade a year, whichever of its papers it was entered on."""

from __future__ import annotations

from collections.abc import Mapping

from training_oversight.registry.models import (
    AnnualGrade,
    Institution,
    LicenceEvent,
    LicenceEventKind,
)

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

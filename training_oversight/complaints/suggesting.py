"""To which department an order probably goes, and why: for the desk to weigh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Department, Officer
from training_oversight.catalogue import queries as catalogue
from training_oversight.complaints.models import Complaint
from training_oversight.texts import Text


@dataclass(frozen=True)
class Suggestion:
    """A department, perhaps with the officer in charge of the place, and the reason."""

    department: Department
    why: Text
    officer: Officer | None = None


def suggestions(session: Session, complaint: Complaint, *, today: date) -> list[Suggestion]:
    """By the place's officer in charge, by the type of violation, by the kind of institution."""
    departments = accounts.departments(session, complaint.authority_id)
    by_code = {one.code: one for one in departments}
    found = [
        *_by_charge(complaint, departments, today),
        *_by_type(session, complaint, by_code, today),
        *_by_kind(session, complaint, by_code, today),
    ]
    # The first reason of a department is the strongest.
    first = {one.department.id: one for one in reversed(found)}
    return [one for one in found if first[one.department.id] is one]


def _by_charge(
    complaint: Complaint, departments: Sequence[Department], today: date
) -> list[Suggestion]:
    place = complaint.institution
    officer = place.officer_in_charge if place else None
    if place is None or officer is None or not officer.works_on(today):
        return []
    theirs = [one for one in departments if one.id == officer.department_id]
    why = Text(
        "%(name)s is in charge of the institution (%(township)s)",
        name=officer.name,
        township=place.division.name,
    )
    return [Suggestion(one, why, officer) for one in theirs]


def _by_type(
    session: Session, complaint: Complaint, by_code: dict[str, Department], today: date
) -> list[Suggestion]:
    types = catalogue.violation_types(session, authority_id=complaint.authority_id, today=today)
    kind = next((one for one in types if one.code == complaint.violation_code), None)
    if kind is None:
        return []
    why = Text("the catalogue names it for “%(type)s”", type=kind.label)
    return [Suggestion(by_code[code], why) for code in kind.departments if code in by_code]


def _by_kind(
    session: Session, complaint: Complaint, by_code: dict[str, Department], today: date
) -> list[Suggestion]:
    place = complaint.institution
    kinds = catalogue.kinds(session, authority_id=complaint.authority_id, today=today)
    kind = next((one for one in kinds if place and one.code == place.kind_code), None)
    if kind is None or kind.department_code not in by_code:
        return []
    why = Text("industry department of “%(kind)s”", kind=kind.label)
    return [Suggestion(by_code[kind.department_code], why)]

"""The list of institutions: what is asked for, how many, in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload, selectinload

from training_oversight.accounts.models import Officer
from training_oversight.registry.models import Institution
from training_oversight.registry.queries.search import Search
from training_oversight.registry.queries.standing import licensed_sql
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import LabelledEnum, Text

S = InstitutionState
# The value of a filter for "not settled": gaps must be findable.
NOBODY = "none"


class View(LabelledEnum):
    """The saved views, as tabs over the list."""

    MINE = "mine", Text("In my charge")
    LIVE = "live", Text("Not closed")
    UNLICENSED = "unlicensed", Text("Unlicensed")
    STOPPED = "stopped", Text("Ordered to stop")
    CLOSED = "closed", Text("Closed")
    ALL = "all", Text("All")


@dataclass(frozen=True)
class Wanted:
    """What a list page asks for. Empty means everything."""

    view: View = View.LIVE
    words: str = ""
    # Where those words are, as ``search.matching`` knows it; without it all are looked through.
    found: sa.ColumnElement[bool] | None = None
    kinds: Sequence[str] = ()
    townships: Sequence[str] = ()
    department: str = ""
    state: str = ""
    licensed: str = ""
    officer: str = ""
    clauses: Sequence[sa.ColumnElement[bool]] = field(default=())


def listing(officer: Officer, wanted: Wanted, *, today: date) -> sa.Select[Any]:
    """The institutions asked for, with what the list shows of each; the caller pages them."""
    return (
        sa.select(Institution)
        .where(*_conditions(officer, wanted, today=today))
        .options(
            joinedload(Institution.division),
            joinedload(Institution.industry_department),
            joinedload(Institution.officer_in_charge),
            selectinload(Institution.licences).raiseload("*"),
            raiseload("*"),
        )
    )


def keys(officer: Officer, wanted: Wanted, *, today: date) -> sa.Select[int]:
    """The same institutions by key alone, for a list that leaves the page."""
    return sa.select(Institution.id).where(*_conditions(officer, wanted, today=today))


def count(session: Session, officer: Officer, wanted: Wanted, *, today: date) -> int:
    return (
        session.scalar(
            sa.select(sa.func.count())
            .select_from(Institution)
            .where(*_conditions(officer, wanted, today=today))
        )
        or 0
    )


def view_counts(session: Session, officer: Officer, *, today: date) -> Mapping[View, int]:
    """How many each saved view holds: one query for all of them."""
    sums = [
        sa.func.coalesce(sa.func.sum(sa.case((_view(view, officer, today=today), 1), else_=0)), 0)
        for view in View
    ]
    row = session.execute(
        sa.select(*sums).where(
            officer.scope.clause(Institution.division_path), Institution.withdrawn.is_(False)
        )
    ).one()
    return dict(zip(View, row, strict=True))


def in_charge(session: Session, officer: Officer) -> Sequence[tuple[int, str]]:
    """The officers who are in charge of any institution here, for the filter."""
    found = session.execute(
        sa.select(Officer.id, Officer.name)
        .where(
            Officer.id.in_(
                sa.select(Institution.officer_in_charge_id).where(
                    officer.scope.clause(Institution.division_path)
                )
            )
        )
        .order_by(Officer.name, Officer.id)
    )
    return [(key, name) for key, name in found]


def _conditions(officer: Officer, wanted: Wanted, *, today: date) -> list[sa.ColumnElement[bool]]:
    found = [
        officer.scope.clause(Institution.division_path),
        Institution.withdrawn.is_(False),
        _view(wanted.view, officer, today=today),
        *wanted.clauses,
    ]
    if wanted.words:
        found.append(wanted.found if wanted.found is not None else _found(officer, wanted))
    if wanted.kinds:
        found.append(_one_of(Institution.kind_code, wanted.kinds))
    if wanted.townships:
        found.append(Institution.division_id.in_(_numbers(wanted.townships)))
    found += [Institution.state == state for state in S if state.value == wanted.state]
    if wanted.licensed in ("yes", "no"):
        licensed = licensed_sql(today)
        found.append(licensed if wanted.licensed == "yes" else ~licensed)
    return [*found, *_people(wanted)]


def _found(officer: Officer, wanted: Wanted) -> sa.ColumnElement[bool]:
    return Search.by(officer, wanted.words).matches()


def _people(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    pairs = (
        (Institution.industry_department_id, wanted.department),
        (Institution.officer_in_charge_id, wanted.officer),
    )
    return [
        column.is_(None) if value == NOBODY else column.in_(_numbers([value]))
        for column, value in pairs
        if value
    ]


def _view(view: View, officer: Officer, *, today: date) -> sa.ColumnElement[bool]:
    live = Institution.state != S.CLOSED
    match view:
        case View.MINE:
            return sa.and_(live, Institution.officer_in_charge_id == officer.id)
        case View.LIVE:
            return live
        case View.UNLICENSED:
            return sa.and_(live, ~licensed_sql(today))
        case View.STOPPED:
            return Institution.state == S.ORDERED_TO_STOP
        case View.CLOSED:
            return Institution.state == S.CLOSED
    return sa.true()


def _one_of(column: Any, values: Sequence[str]) -> sa.ColumnElement[bool]:
    known = column.in_([value for value in values if value != NOBODY])
    return sa.or_(known, column.is_(None)) if NOBODY in values else known


def _numbers(values: Sequence[str]) -> list[int]:
    """Keys from an address that anybody can edit: what is no key finds nothing."""
    keys = [int(value) for value in values[:100] if value.isascii() and value.isdigit()]
    return [key for key in keys if key < 2**31]

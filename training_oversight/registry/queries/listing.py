"""The list of institutions: what is asked for, how many, in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload, selectinload

from training_oversight.accounts.models import Officer, Scope
from training_oversight.registry.models import Institution
from training_oversight.registry.queries.licence_states import unlicensed_sql
from training_oversight.registry.queries.permits import permit_clause
from training_oversight.registry.queries.search import Search
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import LabelledEnum, Text

S = InstitutionState
# The value of a filter for "not settled": gaps must be findable.
NOBODY = "none"
LONGEST_KEY = 10
# Beyond so many institutions in a scope a list is read along the index of its order, and what
# no index counts is not counted beforehand.
MANY = 5000


class View(LabelledEnum):
    """The saved views, as tabs over the list."""

    MINE = "mine", Text("In my charge")
    LIVE = "live", Text("Not closed")
    UNLICENSED = "unlicensed", Text("Unlicensed")
    STOPPED = "stopped", Text("Ordered to stop")
    CLOSED = "closed", Text("Closed")
    ALL = "all", Text("All")


@dataclass(frozen=True)
class InstitutionFilter:
    """What a list page asks for. Empty means everything."""

    view: View = View.LIVE
    words: str = ""
    # Where those words are, as ``search.matching`` knows it; without it all are looked through.
    found: sa.ColumnElement[bool] | None = None
    kinds: Sequence[str] = ()
    townships: Sequence[str] = ()
    # The same as paths: parts of a scope that is wider than a county.
    places: Sequence[str] = ()
    department: str = ""
    state: str = ""
    licensed: str = ""
    officer: str = ""
    clauses: Sequence[sa.ColumnElement[bool]] = field(default=())

    @property
    def is_whole_view(self) -> bool:
        """Whether nothing narrows the view, so that its own count says how many there are."""
        return not any(
            (self.words, self.kinds, self.townships, self.places, self.department, self.state,
             self.licensed, self.officer, len(self.clauses))
        )  # fmt: skip


def listing(
    officer: Officer, wanted: InstitutionFilter, *, today: date, in_order: bool = False
) -> sa.Select[Institution]:
    """The institutions asked for, with what the list shows of each; the caller pages them.

    ``in_order`` reads along the index of the order that the caller gives it, instead of
    collecting and sorting all that fits: right where very many fit.
    """
    conditions = _conditions(officer, wanted, today=today, in_order=in_order)
    if wanted.licensed and not in_order:
        # Who holds a permit is asked of each in turn: of keys from an index, not of whole rows.
        conditions = [Institution.id.in_(keys(officer, wanted, today=today))]
    return (
        sa.select(Institution)
        .where(*conditions)
        .options(
            joinedload(Institution.division),
            joinedload(Institution.industry_department),
            joinedload(Institution.officer_in_charge),
            selectinload(Institution.licences).raiseload("*"),
            raiseload("*"),
        )
    )


def with_venues(statement: sa.Select[Institution]) -> sa.Select[Institution]:
    """The same with the places of teaching, for a list that shows an address."""
    return statement.options(selectinload(Institution.venues).raiseload("*"))


def keys(officer: Officer, wanted: InstitutionFilter, *, today: date) -> sa.Select[int]:
    """The same institutions by key alone, for a list that leaves the page."""
    return sa.select(Institution.id).where(*_conditions(officer, wanted, today=today))


def count(
    session: Session,
    officer: Officer,
    wanted: InstitutionFilter,
    *,
    today: date,
    known: Mapping[View, int | None] | None = None,
) -> int:
    """How many are asked for; a whole view is not counted again where its count is ``known``."""
    counted = (known or {}).get(wanted.view) if wanted.is_whole_view else None
    if counted is not None:
        return counted
    return (
        session.scalar(
            sa.select(sa.func.count())
            .select_from(Institution)
            .where(*_conditions(officer, wanted, today=today))
        )
        or 0
    )


def view_counts(session: Session, officer: Officer) -> Mapping[View, int | None]:
    """How many each saved view holds, in two queries; nothing where counting takes too long.

    The states are counted from an index alone. Who holds a permit is not in any: in a wide
    scope that view is counted when it is opened.
    """
    mine = sa.case((Institution.officer_in_charge_id == officer.id, 1), else_=0)
    rows = session.execute(
        sa.select(Institution.state, sa.func.count(), sa.func.sum(mine))
        .where(*_everything(officer))
        .group_by(Institution.state)
    ).all()
    counted = {state: number for state, number, _ in rows}
    everything = sum(counted.values())
    live = everything - counted.get(S.CLOSED, 0)
    return {
        View.MINE: sum(own for state, _, own in rows if state != S.CLOSED),
        View.LIVE: live,
        View.UNLICENSED: _unlicensed(session, officer) if everything <= MANY else None,
        View.STOPPED: counted.get(S.ORDERED_TO_STOP, 0),
        View.CLOSED: counted.get(S.CLOSED, 0),
        View.ALL: everything,
    }


def _unlicensed(session: Session, officer: Officer) -> int:
    found = (*_everything(officer), Institution.state != S.CLOSED, unlicensed_sql())
    return session.scalar(sa.select(sa.func.count()).select_from(Institution).where(*found)) or 0


def _everything(officer: Officer) -> list[sa.ColumnElement[bool]]:
    return [officer.scope.clause(Institution.division_path), Institution.withdrawn.is_(False)]


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


def _conditions(
    officer: Officer, wanted: InstitutionFilter, *, today: date, in_order: bool = False
) -> list[sa.ColumnElement[bool]]:
    path = Institution.division_path
    found = [
        # As an expression the path cannot be looked up, so the order's index is left to be used.
        officer.scope.clause(sa.func.coalesce(path, "") if in_order else path),
        Institution.withdrawn.is_(False),
        _view(wanted.view, officer),
        *wanted.clauses,
    ]
    if wanted.words:
        found.append(wanted.found if wanted.found is not None else _found(officer, wanted))
    if wanted.kinds:
        found.append(_one_of(Institution.kind_code, wanted.kinds))
    if wanted.townships:
        found.append(Institution.division_id.in_(_numbers(wanted.townships)))
    if wanted.places:
        found.append(sa.or_(*(Scope(one).clause(path) for one in wanted.places)))
    found += [Institution.state == state for state in S if state.value == wanted.state]
    if wanted.licensed:
        found.append(permit_clause(wanted.licensed, today))
    return [*found, *_people(wanted)]


def _found(officer: Officer, wanted: InstitutionFilter) -> sa.ColumnElement[bool]:
    return Search.by(officer, wanted.words).matches()


def _people(wanted: InstitutionFilter) -> list[sa.ColumnElement[bool]]:
    pairs = (
        (Institution.industry_department_id, wanted.department),
        (Institution.officer_in_charge_id, wanted.officer),
    )
    return [
        column.is_(None) if value == NOBODY else column.in_(_numbers([value]))
        for column, value in pairs
        if value
    ]


def _view(view: View, officer: Officer) -> sa.ColumnElement[bool]:
    live = Institution.state != S.CLOSED
    match view:
        case View.MINE:
            return sa.and_(live, Institution.officer_in_charge_id == officer.id)
        case View.LIVE:
            return live
        case View.UNLICENSED:
            return sa.and_(live, unlicensed_sql())
        case View.STOPPED:
            return Institution.state == S.ORDERED_TO_STOP
        case View.CLOSED:
            return Institution.state == S.CLOSED
    return sa.true()


def _one_of(
    column: sa.SQLColumnExpression[object], values: Sequence[str]
) -> sa.ColumnElement[bool]:
    known = column.in_([value for value in values if value != NOBODY])
    return sa.or_(known, column.is_(None)) if NOBODY in values else known


def _numbers(values: Sequence[str]) -> list[int]:
    """Keys from an address that anybody can edit: what is no key finds nothing."""
    numbers = (value for value in values[:100] if value.isascii() and value.isdigit())
    # Python refuses to count some thousand digits.
    keys = [int(number) for number in numbers if len(number) <= LONGEST_KEY]
    return [key for key in keys if key < 2**31]

"""The list of items: views, filters, counts."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager, joinedload, load_only, raiseload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from training_oversight.accounts.asking import AnyOfficer, Asking, named
from training_oversight.accounts.models import Division, Officer, Scope
from training_oversight.audit import answers
from training_oversight.catalogue.models import ViolationType
from training_oversight.ledger.models import (
    OWED,
    RectificationItem,
    Verification,
)
from training_oversight.ledger.workflow import ItemState
from training_oversight.registry.models import Institution
from training_oversight.registry.queries import Search
from training_oversight.texts import LabelledEnum, Text

Item = RectificationItem
# What a row of the list shows or is decided by; the long texts of an item are not read for it.
SHOWN = (
    *(Item.institution_id, Item.year, Item.serial, Item.title, Item.severity, Item.state),
    *(Item.due_on, Item.due_basis, Item.due_source, Item.due_provisional),
    *(Item.office_due_on, Item.applied_on),
    *(Item.second_due_on, Item.second_kind, Item.second_met_on, Item.second_provisional),
    *(Item.verified_on, Item.verified_by_id, Item.closed_on, Item.officer_in_charge_id),
    *(Item.listed, Item.repeated),
)
SOON = timedelta(days=7)
NUMBER = re.compile(r"^(?:(\d{4})-)?0*(\d{1,6})$")


class View(LabelledEnum):
    """The saved views above the list."""

    MINE = "mine", Text("In my charge")
    ALL = "all", Text("All on the ledger")
    OVERDUE = "overdue", Text("Overdue")
    SOON = "soon", Text("Due within 7 days")
    TO_VERIFY = "to_verify", Text("Waiting for re-check")
    TO_CLOSE = "to_close", Text("Waiting for close-out")
    LISTED = "listed", Text("Listed for supervision")
    STUCK = "stuck", Text("No next step")


@dataclass(frozen=True)
class Wanted:
    """What the filter bar asks for. Empty values ask for nothing."""

    view: View = View.ALL
    q: str = ""
    townships: Sequence[str] = ()
    kind: str = ""
    type: str = ""
    officer: int | None = None
    severity: str = ""
    state: str = ""
    found_from: date | None = None
    found_to: date | None = None
    institution: int | None = None
    extra: Sequence[sa.ColumnElement[bool]] = field(default=())

    @property
    def narrowed(self) -> bool:
        """Whether more than the view is asked for."""
        return self != Wanted(view=self.view)


@dataclass(frozen=True)
class Total:
    """Both denominators: items, and the institutions that they belong to."""

    items: int
    institutions: int


def live() -> sa.ColumnElement[bool]:
    return Item.state.in_(OWED)


def due_between(first: date, last: date) -> sa.ColumnElement[bool]:
    return Item.due_between(first, last)


def without_step() -> sa.ColumnElement[bool]:
    """No deadline runs. Upper areas know whether a paper or a case carries it on instead."""
    return Item.without_deadline()


def view_clause(
    view: View, officer: Asking, today: date, soon: date | None = None
) -> sa.ColumnElement[bool]:
    match view:
        case View.MINE:
            return Item.officer_in_charge_id == officer.id
        case View.ALL:
            return live()
        case View.OVERDUE:
            return Item.overdue_on(today)
        case View.SOON:
            return due_between(today, today + SOON if soon is None else soon)
        case View.TO_VERIFY:
            return Item.state == ItemState.APPLIED
        case View.TO_CLOSE:
            return Item.state == ItemState.VERIFIED
        case View.LISTED:
            return Item.listed.is_(True)
        case View.STUCK:
            return without_step()


def counts(
    session: Session,
    officer: Officer,
    *,
    today: date,
    stuck: Sequence[sa.ColumnElement[bool]] = (),
) -> dict[str, int]:
    """How many items each view holds, and the institutions of all: one query.

    ``stuck`` is what upper areas add to the view of items without a next step.
    """
    asked = {**named(officer, today), "soon": today + SOON}
    statement = _counting(tuple(stuck))
    return answers.kept(
        session,
        ("ledger views", statement, *asked.values()),
        lambda: dict(session.execute(statement, asked).one()._mapping),
    )


@functools.lru_cache(maxsize=8)
def _counting(stuck: tuple[sa.ColumnElement[bool], ...]) -> sa.Select[Any]:
    """The counts of all views, the same for every officer and day, so built once.

    Each is counted by itself: so every one is taken from an index that holds all it needs.
    """
    officer, today, soon = AnyOfficer(), _any_day("today"), _any_day("soon")
    clauses = {view: view_clause(view, officer, today, soon) for view in View}
    clauses[View.STUCK] = sa.and_(clauses[View.STUCK], *stuck)
    inside = sa.and_(officer.scope.clause(Item.division_path), live())
    columns = [
        sa.select(sa.func.count()).where(inside, clauses[view]).scalar_subquery().label(view.value)
        for view in View
    ]
    institutions = sa.select(sa.func.count(Item.institution_id.distinct())).where(inside)
    return sa.select(*columns, institutions.scalar_subquery().label("institutions"))


def _any_day(name: str) -> Any:
    return sa.bindparam(name, type_=sa.Date())


def selected(officer: Officer, wanted: Wanted, *, today: date) -> sa.Select[Any]:
    """The items of a list, with their institutions joined."""
    return (
        sa.select(Item)
        .join(Item.institution)
        .where(officer.scope.clause(Item.division_path), *_conditions(officer, wanted, today))
    )


def _conditions(officer: Officer, wanted: Wanted, today: date) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = [*wanted.extra]
    # A state that was asked for may be one that has left the ledger.
    found.append(Item.state == wanted.state if wanted.state else live())
    if wanted.view is not View.ALL:
        found.append(view_clause(wanted.view, officer, today))
    if wanted.q:
        found.append(_search(officer, wanted.q))
    if wanted.townships:
        found.append(sa.or_(*(Scope(path).clause(Item.division_path) for path in wanted.townships)))
    if wanted.kind:
        found.append(Institution.kind_code == wanted.kind)
    if wanted.type:
        found.append(Item.violation_code == wanted.type)
    if wanted.officer is not None:
        found.append(Item.officer_in_charge_id == wanted.officer)
    if wanted.severity:
        found.append(Item.severity == wanted.severity)
    if wanted.institution is not None:
        found.append(Item.institution_id == wanted.institution)
    if wanted.found_from:
        found.append(Item.found_on >= wanted.found_from)
    if wanted.found_to:
        found.append(Item.found_on <= wanted.found_to)
    return found


def _search(officer: Officer, q: str) -> sa.ColumnElement[bool]:
    """Number, institution or problem, as the search box of every page understands them.

    One word may be the institution's and another the problem's.
    """
    found = Search.by(officer, q).matches(sa.func.upper(Item.title))
    if number := NUMBER.match(unicodedata.normalize("NFKC", q).strip()):
        same = Item.serial == int(number[2])
        dated = sa.and_(same, Item.year == int(number[1])) if number[1] else same
        return sa.or_(found, dated)
    return found


def total(session: Session, officer: Officer, wanted: Wanted, *, today: date) -> Total:
    def counted() -> Total:
        statement = selected(officer, wanted, today=today).with_only_columns(
            sa.func.count(Item.id), sa.func.count(Item.institution_id.distinct())
        )
        return Total(*session.execute(statement).one())

    if wanted.extra:
        # What other areas ask is no value that one could tell from another.
        return counted()
    return answers.kept(session, ("ledger total", officer.id, wanted, today), counted)


def for_list(statement: sa.Select[Any]) -> sa.Select[Any]:
    """With everything that a row shows, and nothing loaded behind its back."""
    return statement.options(*_row())


@functools.cache
def _row() -> tuple[ExecutableOption, ...]:
    return (
        load_only(*SHOWN, raiseload=True),
        contains_eager(Item.institution)
        .load_only(Institution.name, Institution.kind_code, raiseload=True)
        .joinedload(Institution.division)
        .load_only(Division.name, raiseload=True),
        joinedload(Item.violation_type).load_only(
            ViolationType.name, ViolationType.name_en, raiseload=True
        ),
        joinedload(Item.officer_in_charge).load_only(
            Officer.name, Officer.ended_on, Officer.borrowed_until, raiseload=True
        ),
        raiseload("*"),
    )


def for_export(statement: sa.Select[Any]) -> sa.Select[Any]:
    """With everything that the official columns ask for."""
    return statement.options(
        contains_eager(Item.institution).joinedload(Institution.division),
        joinedload(Item.violation_type),
        joinedload(Item.officer_in_charge),
        joinedload(Item.verified_by),
        joinedload(Item.close_reason),
        selectinload(Item.verifications).joinedload(Verification.verified_by),
        raiseload("*"),
    ).order_by(Item.sort_due, Item.id)


@dataclass(frozen=True)
class Place:
    """Where an item stands in a list, and what lies before and after it."""

    position: int
    total: int
    previous: int | None
    next: int | None


def place(
    session: Session, officer: Officer, wanted: Wanted, item: Item, *, today: date
) -> Place | None:
    """The place in the list, or nothing when the item is not in it (any more)."""
    found = selected(officer, wanted, today=today)
    key, here = sa.tuple_(Item.sort_due, Item.id), sa.tuple_(item.sort_due, item.id)
    row = session.execute(
        found.with_only_columns(
            sa.func.count(Item.id),
            sa.func.count(sa.case((key <= here, Item.id))),
            sa.func.count(sa.case((Item.id == item.id, Item.id))),
        )
    ).one()
    if not row[2]:
        return None
    only = found.with_only_columns(Item.id).limit(1)
    before = only.where(key < here).order_by(Item.sort_due.desc(), Item.id.desc())
    after = only.where(key > here).order_by(Item.sort_due, Item.id)
    return Place(row[1], row[0], session.scalar(before), session.scalar(after))

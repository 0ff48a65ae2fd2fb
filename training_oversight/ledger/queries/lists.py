"""The list of items: views, filters, counts."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager, joinedload, load_only, raiseload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from training_oversight.accounts.models import Division, Officer, Scope
from training_oversight.accounts.placeholders import Asking
from training_oversight.catalogue.models import ViolationType
from training_oversight.ledger.models import (
    OWED,
    RectificationItem,
    Verification,
)
from training_oversight.ledger.workflow import IN_CHARGE, ItemState
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
class ItemFilter:
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
        return self != ItemFilter(view=self.view)

    @property
    def asks_institution(self) -> bool:
        return bool(self.q or self.kind or self.extra)


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
            return IN_CHARGE.clause(officer, Item)
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


def selected(officer: Officer, wanted: ItemFilter, *, today: date) -> sa.Select[RectificationItem]:
    """The items of a list, with their institutions joined."""
    return (
        sa.select(Item)
        .join(Item.institution)
        .where(officer.scope.clause(Item.division_path), *_conditions(officer, wanted, today))
    )


def keys(officer: Officer, wanted: ItemFilter, *, today: date) -> sa.Select[int]:
    """The same items by key alone; their institutions are joined only where something asks them."""
    found = sa.select(Item.id).where(
        officer.scope.clause(Item.division_path), *_conditions(officer, wanted, today)
    )
    return found.join(Item.institution) if wanted.asks_institution else found


def _conditions(officer: Officer, wanted: ItemFilter, today: date) -> list[sa.ColumnElement[bool]]:
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


def institution_name(session: Session, officer: Officer, key: int) -> str | None:
    """The name of an institution within the scope, nothing for any other."""
    return session.scalar(
        sa.select(Institution.name).where(
            Institution.id == key, officer.scope.clause(Institution.division_path)
        )
    )


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


def for_list() -> sa.Select[RectificationItem]:
    """Items with everything that a row shows, and nothing loaded behind its back.

    Which of them is said by ``keys``: a page picks its items there, in an index alone.
    """
    return sa.select(Item).join(Item.institution).options(*_row())


def for_columns() -> sa.Select[RectificationItem]:
    """The same with everything that the official columns ask for."""
    return sa.select(Item).join(Item.institution).options(*_official())


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


def for_export(statement: sa.Select[RectificationItem]) -> sa.Select[RectificationItem]:
    """With everything that the official columns ask for, in the order of the ledger."""
    return statement.options(*_official()).order_by(Item.sort_due, Item.id)


@functools.cache
def _official() -> tuple[ExecutableOption, ...]:
    return (
        contains_eager(Item.institution).joinedload(Institution.division),
        joinedload(Item.violation_type),
        joinedload(Item.officer_in_charge),
        joinedload(Item.verified_by),
        joinedload(Item.close_reason),
        selectinload(Item.verifications).joinedload(Verification.verified_by),
        raiseload("*"),
    )


def chosen(officer: Officer, keys: Sequence[int]) -> sa.Select[RectificationItem]:
    """Items that were ticked in a list, in whatever state they are, with their institutions."""
    return (
        sa.select(Item)
        .join(Item.institution)
        .where(officer.scope.clause(Item.division_path), Item.id.in_(keys))
    )


def ticked(session: Session, officer: Officer, keys: Sequence[int]) -> Sequence[Item]:
    """The chosen items in the order of their numbers, for a step that any of them may take."""
    return session.scalars(chosen(officer, keys).order_by(Item.id).options(raiseload("*"))).all()


def count_chosen(session: Session, officer: Officer, keys: Sequence[int]) -> int:
    counted = chosen(officer, keys).with_only_columns(sa.func.count())
    return session.scalar(counted) or 0


def to_assign(session: Session, officer: Officer, keys: Sequence[int]) -> Sequence[Item]:
    """Of the chosen items those that are on the ledger, with whom they are in the charge of."""
    found = chosen(officer, keys).where(live()).options(*_row())
    return session.scalars(found.order_by(Item.sort_due, Item.id)).all()


@dataclass(frozen=True)
class Place:
    """Where an item stands in a list, and what lies before and after it."""

    position: int
    total: int
    previous: int | None
    next: int | None


def place(
    session: Session, officer: Officer, wanted: ItemFilter, item: Item, *, today: date
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

"""Reading the ledger, always within the officer's scope."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager, joinedload, raiseload, selectinload

from training_oversight import clock
from training_oversight.accounts.models import Officer, Scope
from training_oversight.accounts.permissions import Permission
from training_oversight.errors import NotFound
from training_oversight.inspections.models import NOT_FORMAL, Finding, Visit
from training_oversight.inspections.workflow import FindingState, VisitState
from training_oversight.ledger.models import (
    OWED,
    ReinspectionItem,
    RectificationItem,
    Verification,
)
from training_oversight.ledger.workflow import ItemState
from training_oversight.registry.models import Institution
from training_oversight.texts import LabelledEnum, Text

Item = RectificationItem
SOON = timedelta(days=7)
TWO_YEARS = timedelta(days=730)
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


def due_soon(today: date) -> sa.ColumnElement[bool]:
    """Still with the institution, and due today or within seven days."""
    return sa.and_(Item.state == ItemState.OPEN, Item.due_on.between(today, today + SOON))


def without_step() -> sa.ColumnElement[bool]:
    """No deadline runs and nobody is in charge: it would be forgotten."""
    return sa.and_(
        Item.state == ItemState.OPEN, Item.due_on.is_(None), Item.officer_in_charge_id.is_(None)
    )


def waiting_for(officer: Officer, today: date) -> sa.ColumnElement[bool]:
    """What this officer can take further today."""
    mine = sa.and_(
        Item.state == ItemState.OPEN,
        Item.officer_in_charge_id == officer.id,
        sa.or_(Item.due_on.is_(None), Item.due_on <= today),
    )
    to_verify = sa.and_(
        Item.state == ItemState.APPLIED,
        sa.func.coalesce(Item.officer_in_charge_id, 0) != officer.id,
    )
    to_close = sa.and_(Item.state == ItemState.VERIFIED, Item.verified_by_id != officer.id)
    held = [
        (Permission.MANAGE_ITEM, mine),
        (Permission.VERIFY_ITEM, to_verify),
        (Permission.APPROVE_CLOSE_OUT, to_close),
    ]
    return sa.or_(sa.false(), *(clause for permission, clause in held if officer.may(permission)))


def view_clause(view: View, officer: Officer, today: date) -> sa.ColumnElement[bool]:
    clauses: dict[View, sa.ColumnElement[bool]] = {
        View.MINE: Item.officer_in_charge_id == officer.id,
        View.ALL: live(),
        View.OVERDUE: Item.overdue_on(today),
        View.SOON: due_soon(today),
        View.TO_VERIFY: Item.state == ItemState.APPLIED,
        View.TO_CLOSE: Item.state == ItemState.VERIFIED,
        View.LISTED: Item.listed.is_(True),
        View.STUCK: without_step(),
    }
    return clauses[view]


def counts(session: Session, officer: Officer, *, today: date) -> dict[str, int]:
    """How many items each view holds, and the institutions of all: one query."""
    columns = [
        sa.func.count(sa.case((view_clause(view, officer, today), Item.id))).label(view.value)
        for view in View
    ]
    institutions = sa.func.count(Item.institution_id.distinct()).label("institutions")
    row = session.execute(
        sa.select(*columns, institutions).where(officer.scope.clause(Item.division_path), live())
    ).one()
    return dict(row._mapping)


def waiting(session: Session, officer: Officer, today: date) -> int:
    """The figure beside the menu line."""
    return (
        session.scalar(
            sa.select(sa.func.count())
            .select_from(Item)
            .where(officer.scope.clause(Item.division_path), live(), waiting_for(officer, today))
        )
        or 0
    )


def selected(officer: Officer, wanted: Wanted, *, today: date) -> sa.Select[tuple[Item]]:
    """The items of a list, with their institutions joined."""
    statement = (
        sa.select(Item)
        .join(Item.institution)
        .where(officer.scope.clause(Item.division_path), *_conditions(officer, wanted, today))
    )
    return statement


def _conditions(officer: Officer, wanted: Wanted, today: date) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = [*wanted.extra]
    # A state that was asked for may be one that has left the ledger.
    found.append(Item.state == wanted.state if wanted.state else live())
    if wanted.view is not View.ALL:
        found.append(view_clause(wanted.view, officer, today))
    if wanted.q:
        found.append(_search(wanted.q))
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


def _search(q: str) -> sa.ColumnElement[bool]:
    """Number, institution or problem; width and case do not matter."""
    words = unicodedata.normalize("NFKC", q).strip()
    found: list[sa.ColumnElement[bool]] = [
        Institution.search_text.contains(words.upper(), autoescape=True),
        Item.title.contains(words, autoescape=True),
    ]
    if number := NUMBER.match(words):
        same = Item.serial == int(number[2])
        found.append(sa.and_(same, Item.year == int(number[1])) if number[1] else same)
    return sa.or_(*found)


def total(session: Session, officer: Officer, wanted: Wanted, *, today: date) -> Total:
    statement = selected(officer, wanted, today=today).with_only_columns(
        sa.func.count(Item.id), sa.func.count(Item.institution_id.distinct())
    )
    items, institutions = session.execute(statement).one()
    return Total(items, institutions)


def for_list(statement: sa.Select[tuple[Item]]) -> sa.Select[tuple[Item]]:
    """With everything that a row shows, and nothing loaded behind its back."""
    return statement.options(
        contains_eager(Item.institution).joinedload(Institution.division),
        joinedload(Item.violation_type),
        joinedload(Item.officer_in_charge),
        raiseload("*"),
    )


def for_export(statement: sa.Select[tuple[Item]]) -> sa.Select[tuple[Item]]:
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


def get(session: Session, scope: Scope, item_id: int) -> Item:
    """One item with what its page shows. Raises ``NotFound``, for a foreign one too."""
    found = session.scalars(
        sa.select(Item)
        .where(Item.id == item_id)
        .options(
            joinedload(Item.institution).joinedload(Institution.division),
            joinedload(Item.violation_type),
            joinedload(Item.officer_in_charge),
            joinedload(Item.verified_by),
            joinedload(Item.closed_by),
            joinedload(Item.close_reason),
            joinedload(Item.finding).joinedload(Finding.visit).selectinload(Visit.officers),
            selectinload(Item.limits),
            selectinload(Item.verifications).options(
                joinedload(Verification.verified_by), joinedload(Verification.visit)
            ),
        )
    ).one_or_none()
    if found is None or not scope.covers(found.division_path):
        raise NotFound
    return found


def finding(session: Session, scope: Scope, finding_id: int) -> Finding:
    found = session.get(
        Finding,
        finding_id,
        options=[joinedload(Finding.institution), joinedload(Finding.violation_type)],
    )
    if found is None or not scope.covers(found.division_path):
        raise NotFound
    return found


def institution(session: Session, scope: Scope, institution_id: int) -> Institution:
    found = session.get(Institution, institution_id)
    if found is None or not scope.covers(found.division_path):
        raise NotFound
    return found


def pending_findings(session: Session, scope: Scope, *, limit: int = 200) -> Sequence[Finding]:
    """Findings that nobody has decided about: what 转入台账 may begin with."""
    return session.scalars(
        sa.select(Finding)
        .where(Finding.state == FindingState.PENDING, scope.clause(Finding.division_path))
        .options(joinedload(Finding.institution), joinedload(Finding.violation_type))
        .order_by(Finding.id.desc())
        .limit(limit)
    ).all()


def of_institution(session: Session, institution_id: int) -> Sequence[Item]:
    """What is still on the ledger of one institution, longest overdue first."""
    return session.scalars(
        sa.select(Item)
        .where(Item.institution_id == institution_id, live())
        .options(joinedload(Item.violation_type), joinedload(Item.officer_in_charge))
        .order_by(Item.sort_due, Item.id)
    ).all()


def open_for_reinspection(session: Session, institution_id: int) -> Sequence[Item]:
    """What a re-inspection looks at: put right or not is still to be seen."""
    return session.scalars(
        sa.select(Item)
        .where(
            Item.institution_id == institution_id,
            Item.state.in_([ItemState.OPEN, ItemState.APPLIED]),
        )
        .order_by(Item.sort_due, Item.id)
    ).all()


def of_visit(session: Session, visit_id: int) -> Sequence[Item]:
    """The items that a re-inspection was sent out for."""
    return session.scalars(
        sa.select(Item)
        .join(ReinspectionItem, ReinspectionItem.item_id == Item.id)
        .where(ReinspectionItem.visit_id == visit_id)
        .options(selectinload(Item.verifications))
        .order_by(Item.id)
    ).all()


def visits_for(session: Session, item: Item) -> Sequence[Visit]:
    """The finished formal visits to the institution that may carry a re-check, newest first."""
    return session.scalars(
        sa.select(Visit)
        .where(
            Visit.institution_id == item.institution_id,
            Visit.state == VisitState.DONE,
            Visit.kind.not_in(NOT_FORMAL),
            Visit.happened_at >= clock.from_local(datetime.combine(item.found_on, time())),
        )
        .options(selectinload(Visit.officers))
        .order_by(Visit.happened_at.desc(), Visit.id.desc())
    ).all()


def planned_reinspection(session: Session, item: Item) -> Visit | None:
    """The re-inspection that somebody has planned for this item and not yet done."""
    return session.scalars(
        sa.select(Visit)
        .join(ReinspectionItem, ReinspectionItem.visit_id == Visit.id)
        .where(
            ReinspectionItem.item_id == item.id,
            Visit.state.in_([VisitState.PLANNED, VisitState.UNDER_WAY]),
        )
        .order_by(Visit.id.desc())
        .limit(1)
    ).first()


@dataclass(frozen=True)
class Beside:
    """What else is known of the institution."""

    open_items: int
    same_type: int


def beside(session: Session, item: Item) -> Beside:
    """Its other open items, and its items of the same type found within two years before."""
    others = sa.and_(Item.institution_id == item.institution_id, Item.id != item.id)
    row = session.execute(
        sa.select(
            sa.func.count(sa.case((live(), Item.id))),
            sa.func.count(
                sa.case(
                    (
                        sa.and_(
                            Item.violation_code == item.violation_code,
                            Item.state != ItemState.VOID,
                            Item.found_on >= item.found_on - TWO_YEARS,
                        ),
                        Item.id,
                    )
                )
            ),
        ).where(others)
    ).one()
    return Beside(*row)


def overdue(session: Session, scope: Scope, *, today: date) -> Sequence[Item]:
    """Everything overdue by the institution, for the morning's work."""
    return session.scalars(
        sa.select(Item)
        .where(scope.clause(Item.division_path), Item.overdue_on(today))
        .options(joinedload(Item.violation_type), joinedload(Item.institution))
        .order_by(Item.due_on, Item.id)
    ).all()


def names(session: Session, keys: set[int]) -> Mapping[int, str]:
    """Officers' names by key, for the history."""
    rows: Sequence[Any] = session.execute(
        sa.select(Officer.id, Officer.name).where(Officer.id.in_(keys))
    ).all()
    return {row.id: row.name for row in rows}

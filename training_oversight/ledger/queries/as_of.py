"""The ledger as it stood at the end of a past day, from the moves and limits of each item.

What was entered later than it happened counts from the day on which it happened. Two things are
not rows yet and are read as they are now: in whose charge an item is, and the second limit of an
item that was reopened since.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, load_only, raiseload

from training_oversight.accounts.models import Division, Officer
from training_oversight.ledger.clocks import OWED, SECOND, LimitKind, first_lapsed, second_lapsed
from training_oversight.ledger.models import ItemLimit, RectificationItem
from training_oversight.ledger.workflow import ItemState
from training_oversight.registry.models import Institution
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow.past_states import last_day_into, state_on

One = TypeVar("One")

Item = RectificationItem
STATE_TYPE = Item.state.type


class ViewThen(LabelledEnum):
    """The saved views of a past day."""

    ON_LEDGER = "on_ledger", Text("On the ledger that day")
    OVERDUE = "overdue_then", Text("Overdue that day")
    CLOSED_LATE = "closed_late", Text("Written off until then, put right too late")


def as_of(officer: Officer, day: date) -> sa.Subquery:
    """The items registered until that day, with the columns that the rules of the clocks ask."""
    limit_kind = sa.cast(_limit(day, ItemLimit.kind, *SECOND), sa.Text)
    has_second = Item.second_due_on.is_not(None)
    return (
        sa.select(
            Item.id,
            sa.type_coerce(state_on(Item, day), STATE_TYPE).label("state"),
            _limit(day, ItemLimit.due_on, LimitKind.RECTIFICATION).label("due_on"),
            last_day_into(Item, ItemState.APPLIED.value, day).label("applied_on"),
            last_day_into(Item, ItemState.CLOSED.value, day).label("closed_on"),
            sa.case((has_second, _limit(day, ItemLimit.due_on, *SECOND))).label("second_due_on"),
            sa.type_coerce(sa.case((has_second, limit_kind)), ItemLimit.kind.type).label(
                "second_kind"
            ),
            sa.case((Item.second_met_on <= day, Item.second_met_on)).label("second_met_on"),
        )
        .where(officer.scope.clause(Item.division_path), Item.registered_on <= day)
        .subquery("then")
    )


def _limit(
    day: date, column: InstrumentedAttribute[One], *kinds: LimitKind
) -> sa.ScalarSelect[One]:
    """Of the limits of these kinds that had begun until that day the last one that was given."""
    return (
        sa.select(column)
        .where(ItemLimit.item_id == Item.id, ItemLimit.kind.in_(kinds), ItemLimit.starts_on <= day)
        .order_by(ItemLimit.id.desc())
        .limit(1)
        .correlate(Item)
        .scalar_subquery()
    )


def view_then(view: ViewThen, then: Any, day: date) -> sa.ColumnElement[bool]:
    match view:
        case ViewThen.ON_LEDGER:
            return then.state.in_(OWED)  # type: ignore[no-any-return]
        case ViewThen.OVERDUE:
            return sa.or_(first_lapsed(then, day), second_lapsed(then, day))
        case ViewThen.CLOSED_LATE:
            # Closed directly, nothing was reported: the day of closing stands for it.
            right = sa.func.coalesce(then.applied_on, then.closed_on)
            settled = sa.func.coalesce(then.second_met_on, then.closed_on)
            late = sa.or_(right > then.due_on, settled > then.second_due_on)
            return sa.and_(then.state == ItemState.CLOSED, late)


def counts_then(session: Session, officer: Officer, day: date) -> Mapping[ViewThen, int]:
    """How many items each view holds, in one query."""
    then = as_of(officer, day)
    counted = [
        sa.func.count(sa.case((view_then(view, then.c, day), 1))).label(view.value)
        for view in ViewThen
    ]
    found = session.execute(sa.select(*counted).select_from(then)).one()._mapping
    return {view: found[view.value] for view in ViewThen}


def list_then(officer: Officer, view: ViewThen, day: date) -> sa.Select[*tuple[object, ...]]:
    """The items of a view, each with what it was like then; the caller pages it by ``Item.id``."""
    then = as_of(officer, day)
    return (
        sa.select(Item, *(column for column in then.c if column.name != "id"))
        .join(then, then.c.id == Item.id)
        .where(view_then(view, then.c, day))
        .options(
            load_only(Item.year, Item.serial, Item.title, Item.severity, Item.state),
            joinedload(Item.institution)
            .load_only(Institution.name, raiseload=True)
            .joinedload(Institution.division)
            .load_only(Division.name, raiseload=True),
            raiseload("*"),
        )
    )

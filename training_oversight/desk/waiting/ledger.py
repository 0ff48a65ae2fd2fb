"""Items that wait for an officer."""

from __future__ import annotations

import sqlalchemy as sa

from training_oversight.accounts.placeholders import Asking
from training_oversight.desk import gaps
from training_oversight.desk.waiting.columns import Statement, numbered, waits
from training_oversight.ledger.models import RectificationItem
from training_oversight.ledger.workflow import IN_CHARGE, ITEM_WORKFLOW, ItemVerb


def _item(
    officer: Asking,
    *,
    due: sa.SQLColumnExpression[object] | None = None,
    since: sa.SQLColumnExpression[object] | None = None,
) -> Statement:
    item = RectificationItem
    return waits(
        *(officer, item, item.id, item.title),
        at=item.institution_id,
        note=numbered(item, width=4),
        due=due,
        since=since,
    ).where(officer.scope.clause(item.division_path))


def items_to_verify(officer: Asking) -> Statement:
    item = RectificationItem
    return _item(officer, due=item.office_due_on).where(
        ITEM_WORKFLOW.turn(ItemVerb.PASS, officer, item),
        # What has a limit of its own is not reported yet: there is nothing to re-check.
        ~item.second_running(),
    )


def items_to_close(officer: Asking) -> Statement:
    item = RectificationItem
    return _item(officer, due=item.office_due_on).where(
        ITEM_WORKFLOW.turn(ItemVerb.CLOSE, officer, item)
    )


def items_of_mine(officer: Asking) -> Statement:
    item = RectificationItem
    return _item(officer, due=item.due_on).where(
        ITEM_WORKFLOW.turn(ItemVerb.APPLY, officer, item), item.due_on.is_not(None)
    )


def seconds_of_mine(officer: Asking) -> Statement:
    """What has a limit of its own, for instance refunds after an order to stop."""
    item = RectificationItem
    return _item(officer, due=item.second_due_on).where(
        item.second_running(), IN_CHARGE.clause(officer, item)
    )


def items_without_limit(officer: Asking) -> Statement:
    """Mine, and nothing carries them on: no deadline, no notice on its way, no joint case."""
    item = RectificationItem
    return _item(officer, since=item.registered_on).where(
        IN_CHARGE.clause(officer, item), gaps.no_next_step(officer.scope)
    )

"""Items that wait for an officer."""

from __future__ import annotations

import sqlalchemy as sa

from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.placeholders import Asking
from training_oversight.accounts.worklist import Statement, WaitingKind
from training_oversight.ledger.models import RectificationItem
from training_oversight.ledger.workflow import IN_CHARGE, ITEM_WORKFLOW, ItemVerb
from training_oversight.registry.waiting_lines import numbered, waits
from training_oversight.texts import Text


def items(
    officer: Asking,
    *,
    due: sa.SQLColumnExpression[object] | None = None,
    since: sa.SQLColumnExpression[object] | None = None,
) -> Statement:
    """Items in the officer's scope, as lines of the worklist."""
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
    return items(officer, due=item.office_due_on).where(
        ITEM_WORKFLOW.turn(ItemVerb.PASS, officer, item),
        # What has a limit of its own is not reported yet: there is nothing to re-check.
        ~item.second_running(),
    )


def items_to_close(officer: Asking) -> Statement:
    item = RectificationItem
    return items(officer, due=item.office_due_on).where(
        ITEM_WORKFLOW.turn(ItemVerb.CLOSE, officer, item)
    )


def items_of_mine(officer: Asking) -> Statement:
    item = RectificationItem
    return items(officer, due=item.due_on).where(
        ITEM_WORKFLOW.turn(ItemVerb.APPLY, officer, item), item.due_on.is_not(None)
    )


def seconds_of_mine(officer: Asking) -> Statement:
    """What has a limit of its own, for instance refunds after an order to stop."""
    item = RectificationItem
    return items(officer, due=item.second_due_on).where(
        item.second_running(), IN_CHARGE.clause(officer, item)
    )


WAITING = (
    WaitingKind(
        "item-verify",
        "ledger.index",
        Text("Re-check"),
        Permission.VERIFY_ITEM,
        items_to_verify,
        "ledger.verify",
        "item_id",
    ),
    WaitingKind(
        "item-close",
        "ledger.index",
        Text("Decide on the close-out"),
        Permission.APPROVE_CLOSE_OUT,
        items_to_close,
        "ledger.close",
        "item_id",
    ),
)

"""The states of a rectification item. Overdue is a fact about dates, never a state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from training_oversight.accounts.permissions import Permission
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import Move, Stands, Workflow, states


class ItemState(LabelledEnum):
    OPEN = "open", Text("Being rectified")
    APPLIED = "applied", Text("Waiting for re-check")
    VERIFIED = "verified", Text("Waiting for close-out")
    CLOSED = "closed", Text("Written off")
    VOID = "void", Text("Void (entered in error)")


class ItemVerb(LabelledEnum):
    APPLY = "item.apply", Text("Record the report and apply for close-out")
    PASS = "item.pass", Text("Re-check passed")
    FAIL = "item.fail", Text("Re-check failed, rectification goes on")
    RETURN = "item.return", Text("Return for another re-check")
    CLOSE = "item.close", Text("Approve the close-out")
    CLOSE_DIRECTLY = "item.close_directly", Text("Close directly")
    VOID = "item.void", Text("Void the entry")
    REOPEN = "item.reopen", Text("Relapse: put back on the ledger")


S, V, P = ItemState, ItemVerb, Permission

# Whoever hands a rectification on stays a party to it: else one verifies what one answered for.
HANDLED = Text("You are responsible for this rectification, or were; somebody else must verify it.")
VERIFIED_BY_SELF = Text("You verified this item yourself; somebody else must approve.")
ENTERED_BY_SELF = Text("You entered this item yourself; somebody else must void it.")
# A re-check that was returned for another one counts all the same.
VERIFYING = frozenset({V.PASS.value})


class _Item(Protocol):
    @property
    def second_due_on(self) -> date | None: ...

    @property
    def second_kind(self) -> LabelledEnum | None: ...

    @property
    def second_met_on(self) -> date | None: ...


def _second_limit_runs(item: _Item) -> Sequence[Text]:
    """What has a limit of its own is put right only when that, too, was reported."""
    if item.second_due_on is None or item.second_met_on is not None:
        return ()
    return (
        Text(
            "“%(what)s” is not reported yet (by %(day)s). Record that first.",
            what=item.second_kind and item.second_kind.label,
            day=item.second_due_on,
        ),
    )


# 监管责任人: whoever sees to the item, until it has been reported.
IN_CHARGE = Stands("officer_in_charge_id")
# Reports and re-checks are often entered on a later day than they happened.
WHEN = frozenset({"happened_on"})


ITEM_WORKFLOW = Workflow(
    moves=(
        Move(V.APPLY, states(S.OPEN), S.APPLIED, P.MANAGE_ITEM, turn=(IN_CHARGE,), facts=WHEN),
        Move(
            V.PASS,
            states(S.APPLIED),
            S.VERIFIED,
            P.VERIFY_ITEM,
            not_ever_by=(("officer_in_charge_id", HANDLED),),
            blockers=_second_limit_runs,
            facts=WHEN,
        ),
        Move(
            V.FAIL,
            states(S.APPLIED),
            S.OPEN,
            P.VERIFY_ITEM,
            not_ever_by=(("officer_in_charge_id", HANDLED),),
            facts=WHEN,
        ),
        Move(V.RETURN, states(S.VERIFIED), S.APPLIED, P.APPROVE_CLOSE_OUT),
        Move(
            V.CLOSE,
            states(S.VERIFIED),
            S.CLOSED,
            P.APPROVE_CLOSE_OUT,
            not_by=(("verified_by_id", VERIFIED_BY_SELF),),
            not_after=((VERIFYING, VERIFIED_BY_SELF),),
            blockers=_second_limit_runs,
        ),
        Move(V.CLOSE_DIRECTLY, states(S.OPEN), S.CLOSED, P.APPROVE_CLOSE_OUT, grave=True),
        Move(
            V.VOID,
            states(S.OPEN, S.APPLIED),
            S.VOID,
            P.APPROVE_CLOSE_OUT,
            not_by=(("registered_by_id", ENTERED_BY_SELF),),
            grave=True,
        ),
        Move(V.REOPEN, states(S.CLOSED), S.OPEN, P.APPROVE_CLOSE_OUT, grave=True),
    ),
    states=ItemState,
    initial=S.OPEN,
    ends=frozenset({S.VOID}),
)

"""The states of a refund and of a closing event. How much is paid is counted, never a state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from training_oversight.accounts.permissions import Permission
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import Move, Stands, Workflow, states


class RefundState(LabelledEnum):
    # A family has signed up by itself; nobody has looked at its contract yet.
    SIGNED_UP = "signed_up", Text("Signed up, to be checked")
    ENTERED = "entered", Text("Entered, to be agreed")
    AGREED = "agreed", Text("Agreed, to be paid back")
    DISPUTED = "disputed", Text("Disputed")
    SETTLED = "settled", Text("Paid back in full")
    WITHDRAWN = "withdrawn", Text("Refund withdrawn")


class RefundVerb(LabelledEnum):
    CHECK = "refund.check", Text("Check the figures")
    AGREE = "refund.agree", Text("Record what was agreed")
    DISPUTE = "refund.dispute", Text("Record a dispute")
    SETTLE = "refund.settle", Text("Paid back in full")
    REOPEN = "refund.reopen", Text("Not paid back in full any more")
    WITHDRAW = "refund.withdraw", Text("Withdraw the refund")


class EventState(LabelledEnum):
    OPEN = "open", Text("Families can sign up")
    CLOSED = "closed", Text("Closing event ended")


class EventVerb(LabelledEnum):
    CLOSE = "closing.close", Text("End the closing event")
    REOPEN = "closing.reopen", Text("Reopen the closing event")


R, V, P = RefundState, RefundVerb, Permission

# Of these something may still be owed.
LIVE = (R.SIGNED_UP, R.ENTERED, R.AGREED, R.DISPUTED, R.SETTLED)
# What the last payment and its correction do by themselves: nobody presses a button for them.
BY_PAYMENT = frozenset({V.SETTLE, V.REOPEN})


class _Refund(Protocol):
    @property
    def due_fen(self) -> int: ...

    @property
    def paid_fen(self) -> int: ...


def _not_paid(refund: _Refund) -> Sequence[Text]:
    if refund.paid_fen == refund.due_fen:
        return ()
    return (Text("Not everything that is due has been paid back."),)


def _paid_in_part(refund: _Refund) -> Sequence[Text]:
    """What was paid would vanish from the total with it."""
    if refund.paid_fen == 0:
        return ()
    return (Text("Money was paid back. Record what was agreed instead."),)


# 承办人: whoever entered it, or runs the event that a family signed up to.
HANDLER = Stands("handler_id")

REFUND_WORKFLOW = Workflow(
    moves=(
        Move(V.CHECK, states(R.SIGNED_UP), R.ENTERED, P.ENTER_REFUND, turn=(HANDLER,)),
        Move(
            V.AGREE,
            states(R.ENTERED, R.DISPUTED),
            R.AGREED,
            P.ENTER_REFUND,
            turn=(HANDLER,),
        ),
        Move(V.DISPUTE, states(R.ENTERED, R.AGREED, R.SETTLED), R.DISPUTED, P.ENTER_REFUND),
        Move(V.SETTLE, states(R.AGREED), R.SETTLED, P.ENTER_REFUND, blockers=_not_paid),
        Move(V.REOPEN, states(R.SETTLED), R.AGREED, P.MANAGE_REFUND),
        Move(
            V.WITHDRAW,
            states(R.SIGNED_UP, R.ENTERED, R.AGREED, R.DISPUTED),
            R.WITHDRAWN,
            P.MANAGE_REFUND,
            blockers=_paid_in_part,
            grave=True,
        ),
    ),
    states=RefundState,
    initial=R.SIGNED_UP,
    ends=frozenset({R.WITHDRAWN}),
)

EVENT_WORKFLOW = Workflow(
    moves=(
        Move(
            EventVerb.CLOSE, states(EventState.OPEN), EventState.CLOSED, P.MANAGE_REFUND, grave=True
        ),
        Move(EventVerb.REOPEN, states(EventState.CLOSED), EventState.OPEN, P.MANAGE_REFUND),
    ),
    states=EventState,
    initial=EventState.OPEN,
    ends=frozenset(),
)

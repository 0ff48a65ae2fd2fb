"""The states of a reward. Three people stand in it: who proposes, who approves, who pays out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from training_oversight.accounts.permissions import Permission
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import Move, Workflow, states


class RewardState(LabelledEnum):
    PROPOSED = "proposed", Text("Reward proposed, to be approved")
    APPROVED = "approved", Text("Reward can be claimed")
    PAID = "paid", Text("Reward paid out")
    REFUSED = "refused", Text("Reward not approved")
    WITHDRAWN = "withdrawn", Text("Reward withdrawn")


class RewardVerb(LabelledEnum):
    APPROVE = "reward.approve", Text("Approve the reward")
    REFUSE = "reward.refuse", Text("Do not approve the reward")
    PAY = "reward.pay", Text("Pay the reward out")
    WITHDRAW = "reward.withdraw", Text("Withdraw the reward")


S, V, P = RewardState, RewardVerb, Permission

# Of these a report has one at most.
LIVE = (S.PROPOSED, S.APPROVED, S.PAID)
ENDED = (S.REFUSED, S.WITHDRAWN)
PROPOSED_IT = Text("You proposed this reward; somebody else must decide on it.")
PAYS_NOT_OWN = Text("You proposed this reward; somebody else must pay it out.")
PAYS_NOT_APPROVED = Text("You approved this reward; somebody else must pay it out.")


class _Reward(Protocol):
    @property
    def is_verified(self) -> bool: ...


def _verified_no_more(reward: _Reward) -> Sequence[Text]:
    """An order that is handled again may prove untrue after all."""
    if reward.is_verified:
        return ()
    return (
        Text("The report is being handled again; the reward waits for what comes of it."),
    )  # fmt: skip


REWARD_WORKFLOW = Workflow(
    moves=(
        Move(
            V.APPROVE,
            states(S.PROPOSED),
            S.APPROVED,
            P.DECIDE_COMPLAINT,
            not_by=(("proposed_by_id", PROPOSED_IT),),
            blockers=_verified_no_more,
        ),
        Move(
            V.REFUSE,
            states(S.PROPOSED),
            S.REFUSED,
            P.DECIDE_COMPLAINT,
            not_by=(("proposed_by_id", PROPOSED_IT),),
        ),
        Move(
            V.PAY,
            states(S.APPROVED),
            S.PAID,
            P.PAY_REWARD,
            not_by=(
                ("proposed_by_id", PAYS_NOT_OWN),
                ("approved_by_id", PAYS_NOT_APPROVED),
            ),
            blockers=_verified_no_more,
        ),
        Move(V.WITHDRAW, states(S.APPROVED), S.WITHDRAWN, P.DECIDE_COMPLAINT, grave=True),
    ),
    states=RewardState,
    initial=S.PROPOSED,
    ends=frozenset({S.PAID, S.REFUSED, S.WITHDRAWN}),
)

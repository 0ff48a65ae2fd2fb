"""The verbs of campaigns; the only code that writes them."""

from training_oversight.campaigns.service.planning import (
    approve,
    attach_papers,
    change,
    close,
    discard,
    prepare,
    reopen,
    return_,
    revise,
    start,
    submit,
    unsettled_reason,
)
from training_oversight.campaigns.service.targets import (
    add,
    decline,
    exempt,
    explain,
    hand_over,
    owe_again,
    take_out,
)
from training_oversight.campaigns.service.visiting import Errand, plan_visits, replan

__all__ = [
    "Errand",
    "add",
    "approve",
    "attach_papers",
    "change",
    "close",
    "decline",
    "discard",
    "exempt",
    "explain",
    "hand_over",
    "owe_again",
    "plan_visits",
    "prepare",
    "reopen",
    "replan",
    "return_",
    "revise",
    "start",
    "submit",
    "take_out",
    "unsettled_reason",
]

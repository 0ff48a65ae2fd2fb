"""The verbs of refunds and of closing events."""

from training_oversight.refunds.service.entering import (
    CORRECTABLE,
    COUNTER,
    AlreadyEntered,
    Belongs,
    check,
    correct,
    enter,
    look,
    mark_platform,
)
from training_oversight.refunds.service.events import (
    announce,
    close_event,
    note_balance,
    open_event,
    reopen_event,
    take_back,
    take_out,
)
from training_oversight.refunds.service.forgetting import forget
from training_oversight.refunds.service.listing import Outcome, enter_list
from training_oversight.refunds.service.paying import (
    PAYABLE,
    PartDraft,
    agree,
    dispute,
    pay,
    void_part,
    withdraw,
)

__all__ = [
    "CORRECTABLE",
    "COUNTER",
    "PAYABLE",
    "AlreadyEntered",
    "Belongs",
    "Outcome",
    "PartDraft",
    "agree",
    "announce",
    "check",
    "close_event",
    "correct",
    "dispute",
    "enter",
    "enter_list",
    "forget",
    "look",
    "mark_platform",
    "note_balance",
    "open_event",
    "pay",
    "reopen_event",
    "take_back",
    "take_out",
    "void_part",
    "withdraw",
]

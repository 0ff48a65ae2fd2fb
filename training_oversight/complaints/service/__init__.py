"""The verbs of complaints."""

from training_oversight.complaints.service.answering import (
    Written,
    answer,
    approve,
    call_back,
    close,
    leave,
    link_visit,
    mark_platform,
    redo,
    return_,
    settle,
    submit,
)
from training_oversight.complaints.service.assigning import (
    assign,
    check_handled,
    decide,
    hand,
    object_,
    urge,
)
from training_oversight.complaints.service.correcting import ONLY as ONLY_CORRECTS
from training_oversight.complaints.service.correcting import Right, check_correctable, correct
from training_oversight.complaints.service.drafts import drop, save
from training_oversight.complaints.service.forgetting import forget
from training_oversight.complaints.service.limits import Counting
from training_oversight.complaints.service.limits import code_of as limit_code
from training_oversight.complaints.service.looking import look
from training_oversight.complaints.service.merging import merge
from training_oversight.complaints.service.taking import (
    NOBODY,
    Reporter,
    Told,
    accept,
    check,
    decline,
    log,
    log_all,
)

__all__ = [
    "NOBODY",
    "ONLY_CORRECTS",
    "Counting",
    "Reporter",
    "Right",
    "Told",
    "Written",
    "accept",
    "answer",
    "approve",
    "assign",
    "call_back",
    "check",
    "check_correctable",
    "check_handled",
    "close",
    "correct",
    "decide",
    "decline",
    "drop",
    "forget",
    "hand",
    "leave",
    "limit_code",
    "link_visit",
    "log",
    "log_all",
    "look",
    "mark_platform",
    "merge",
    "object_",
    "redo",
    "return_",
    "save",
    "settle",
    "submit",
    "urge",
]

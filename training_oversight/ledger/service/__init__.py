"""The verbs of the ledger. The only code that writes items, limits and verifications."""

from __future__ import annotations

from training_oversight.ledger.service.checking import (
    close,
    close_directly,
    reopen,
    return_,
    verify,
    void,
)
from training_oversight.ledger.service.handing import assign_many, hand_over
from training_oversight.ledger.service.limits import (
    FixedLimit,
    GivenLimit,
    PeriodLimit,
    set_limit,
    start,
)
from training_oversight.ledger.service.platform import mark_platform
from training_oversight.ledger.service.rechecks import Recheck
from training_oversight.ledger.service.recounting import Recount, days_of, recount, recounts
from training_oversight.ledger.service.registering import (
    delist,
    edit,
    list_for_supervision,
    mark_repeated,
    record_export,
    register,
    require,
)
from training_oversight.ledger.service.reinspection import plan_reinspection
from training_oversight.ledger.service.reporting import apply, report_second

__all__ = [
    "FixedLimit",
    "GivenLimit",
    "PeriodLimit",
    "Recheck",
    "Recount",
    "apply",
    "assign_many",
    "close",
    "close_directly",
    "days_of",
    "delist",
    "edit",
    "hand_over",
    "list_for_supervision",
    "mark_platform",
    "mark_repeated",
    "plan_reinspection",
    "record_export",
    "recount",
    "recounts",
    "register",
    "reopen",
    "report_second",
    "require",
    "return_",
    "set_limit",
    "start",
    "verify",
    "void",
]

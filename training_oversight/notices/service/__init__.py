"""The steps of a notice, from its draft to its service."""

from training_oversight.notices.service.deciding import (
    approve,
    return_,
    revoke,
    submit,
    withdraw,
)
from training_oversight.notices.service.drafting import ItemTerms, Wording, draft, update
from training_oversight.notices.service.proof import FailedAttempt, ServiceAttempt
from training_oversight.notices.service.serving import (
    announce,
    complete_announcement,
    record_failed_attempt,
    serve,
)

__all__ = [
    "FailedAttempt",
    "ItemTerms",
    "ServiceAttempt",
    "Wording",
    "announce",
    "approve",
    "complete_announcement",
    "draft",
    "record_failed_attempt",
    "return_",
    "revoke",
    "serve",
    "submit",
    "update",
    "withdraw",
]

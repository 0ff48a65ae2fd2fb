"""Preparing, approving and ending public lists. The only code that writes them."""

from training_oversight.publication.service.deciding import (
    approve,
    discard,
    return_,
    submit,
    withdraw,
)
from training_oversight.publication.service.preparing import (
    ALREADY,
    prepare,
    refresh,
    remove,
    restore,
)

__all__ = [
    "ALREADY",
    "approve",
    "discard",
    "prepare",
    "refresh",
    "remove",
    "restore",
    "return_",
    "submit",
    "withdraw",
]

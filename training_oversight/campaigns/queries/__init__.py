"""Reading campaigns, their targets, coverage and reports, in the officer's scope."""

from training_oversight.campaigns.queries.campaigns import (
    by_state,
    campaign,
    departments_of,
    listed,
    named,
)
from training_oversight.campaigns.queries.states import OWED, TARGET_STATE, TargetState
from training_oversight.campaigns.queries.targets import TargetFilter, TargetView

__all__ = [
    "OWED",
    "TARGET_STATE",
    "TargetFilter",
    "TargetState",
    "TargetView",
    "by_state",
    "campaign",
    "departments_of",
    "listed",
    "named",
]

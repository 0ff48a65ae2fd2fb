"""Reading rewards, in the officer's scope; a department reads those of its own orders."""

from training_oversight.rewards.queries.lists import Figures, RewardView, figures, listed
from training_oversight.rewards.queries.records import (
    live_of,
    of_code,
    of_complaint,
    of_reporter,
    reward_for,
)

__all__ = [
    "Figures",
    "RewardView",
    "figures",
    "listed",
    "live_of",
    "of_code",
    "of_complaint",
    "of_reporter",
    "reward_for",
]

"""What is done with leads."""

from training_oversight.leads.service.deciding import follow, hand_on, reopen, set_aside
from training_oversight.leads.service.entering import LeadDraft, enter
from training_oversight.leads.service.visited import confirm_unlicensed, obstacles

__all__ = [
    "LeadDraft",
    "confirm_unlicensed",
    "enter",
    "follow",
    "hand_on",
    "obstacles",
    "reopen",
    "set_aside",
]

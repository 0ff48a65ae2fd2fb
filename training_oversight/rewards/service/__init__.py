"""The verbs of rewards."""

from training_oversight.rewards.service.claiming import Proof, pay, proven
from training_oversight.rewards.service.deciding import approve, refuse, withdraw
from training_oversight.rewards.service.proposing import may_propose, obstacles, propose
from training_oversight.rewards.service.setting import set_rules

__all__ = [
    "Proof",
    "approve",
    "may_propose",
    "obstacles",
    "pay",
    "propose",
    "proven",
    "refuse",
    "set_rules",
    "withdraw",
]

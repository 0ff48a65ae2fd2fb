"""The verbs of lists of orders."""

from training_oversight.orders.service.lists import begin, discard, finish, receive, settle
from training_oversight.orders.service.taking_over import take_over

__all__ = ["begin", "discard", "finish", "receive", "settle", "take_over"]

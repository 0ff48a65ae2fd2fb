"""The verbs of lists of orders, and of what is asked of the 12345 centre."""

from training_oversight.orders.service.asking import (
    ask_extension,
    ask_return,
    enter_answer,
    give_up,
)
from training_oversight.orders.service.lists import begin, discard, finish, receive, settle
from training_oversight.orders.service.reporting import record_export
from training_oversight.orders.service.taking_over import take_over

__all__ = [
    "ask_extension",
    "ask_return",
    "begin",
    "discard",
    "enter_answer",
    "finish",
    "give_up",
    "receive",
    "record_export",
    "settle",
    "take_over",
]

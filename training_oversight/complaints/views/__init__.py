"""Pages of complaints."""

from training_oversight.complaints.views import (
    answering,
    assigning,
    board,
    closing,
    contact,
    correcting,
    lists,
    matter,
    platform,
    record,
    taking,
)
from training_oversight.complaints.views.blueprint import bp

__all__ = [
    "answering",
    "assigning",
    "board",
    "bp",
    "closing",
    "contact",
    "correcting",
    "lists",
    "matter",
    "platform",
    "record",
    "taking",
]

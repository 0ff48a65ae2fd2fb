"""Pages of complaints."""

from training_oversight.complaints.views import (
    answering,
    assigning,
    board,
    closing,
    contact,
    lists,
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
    "lists",
    "record",
    "taking",
]

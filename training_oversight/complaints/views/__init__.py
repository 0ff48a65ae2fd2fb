"""Pages of complaints."""

from training_oversight.complaints.views import (
    answering,
    assigning,
    closing,
    contact,
    lists,
    record,
    taking,
)
from training_oversight.complaints.views.blueprint import bp

__all__ = ["answering", "assigning", "bp", "closing", "contact", "lists", "record", "taking"]

"""Tables of complaints."""

from training_oversight.complaints.models.complaints import (
    SPOKEN,
    Callback,
    Complaint,
    ComplaintAnswer,
    ComplaintContact,
    ComplaintDraft,
    ComplaintHelper,
    ComplaintLimit,
    ComplaintVisit,
    number_of,
)
from training_oversight.complaints.models.requests import ComplaintRequest

__all__ = [
    "SPOKEN",
    "Callback",
    "Complaint",
    "ComplaintAnswer",
    "ComplaintContact",
    "ComplaintDraft",
    "ComplaintHelper",
    "ComplaintLimit",
    "ComplaintRequest",
    "ComplaintVisit",
    "number_of",
]

"""Tables of complaints."""

from training_oversight.complaints.models.complaints import (
    Callback,
    Complaint,
    ComplaintAnswer,
    ComplaintContact,
    ComplaintDraft,
    ComplaintHelper,
    ComplaintLimit,
    ComplaintVisit,
)
from training_oversight.complaints.models.requests import ComplaintRequest

__all__ = [
    "Callback",
    "Complaint",
    "ComplaintAnswer",
    "ComplaintContact",
    "ComplaintDraft",
    "ComplaintHelper",
    "ComplaintLimit",
    "ComplaintRequest",
    "ComplaintVisit",
]

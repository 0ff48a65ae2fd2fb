"""Tables of complaints."""

from training_oversight.complaints.models.answers import (
    Callback,
    ComplaintAnswer,
    ComplaintLimit,
    OwnAnswer,
)
from training_oversight.complaints.models.complaints import (
    Complaint,
    ComplaintHelper,
    ComplaintVisit,
    number_of,
)
from training_oversight.complaints.models.requests import ComplaintRequest
from training_oversight.complaints.models.spoken import (
    SPOKEN,
    ComplaintContact,
    ComplaintCorrection,
    ComplaintDraft,
)

__all__ = [
    "SPOKEN",
    "Callback",
    "Complaint",
    "ComplaintAnswer",
    "ComplaintContact",
    "ComplaintCorrection",
    "ComplaintDraft",
    "ComplaintHelper",
    "ComplaintLimit",
    "ComplaintRequest",
    "ComplaintVisit",
    "OwnAnswer",
    "number_of",
]

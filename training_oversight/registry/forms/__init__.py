"""What may be typed on the pages of the register."""

from training_oversight.registry.forms.deciding import (
    AnnounceForm,
    AssignForm,
    CloseForm,
    ReasonForm,
)
from training_oversight.registry.forms.institutions import InstitutionForm
from training_oversight.registry.forms.papers import LicenceEventForm, LicenceForm

__all__ = [
    "AnnounceForm",
    "AssignForm",
    "CloseForm",
    "InstitutionForm",
    "LicenceEventForm",
    "LicenceForm",
    "ReasonForm",
]

"""What may be typed on the pages of the register."""

from training_oversight.registry.forms.deciding import (
    AnnounceForm,
    AssignForm,
    CloseForm,
    ReasonForm,
)
from training_oversight.registry.forms.institutions import InstitutionForm
from training_oversight.registry.forms.papers import LicenceEventForm, LicenceForm
from training_oversight.registry.forms.placing import LocateForm, PlaceForm

__all__ = [
    "AnnounceForm",
    "AssignForm",
    "CloseForm",
    "InstitutionForm",
    "LicenceEventForm",
    "LicenceForm",
    "LocateForm",
    "PlaceForm",
    "ReasonForm",
]

"""What may be typed on the pages of the register."""

from training_oversight.registry.forms.charge import AssignForm, AssignManyForm, HandOverForm
from training_oversight.registry.forms.conversions import ConversionForm
from training_oversight.registry.forms.deciding import (
    AnnounceForm,
    CloseForm,
    ReasonForm,
    UnlicensedForm,
)
from training_oversight.registry.forms.institutions import InstitutionForm
from training_oversight.registry.forms.licences import AnnualForm, LicenceEventForm, LicenceForm
from training_oversight.registry.forms.venues import EndVenueForm, VenueForm
from training_oversight.registry.forms.warnings import WarningForm

__all__ = [
    "AnnounceForm",
    "AnnualForm",
    "AssignForm",
    "AssignManyForm",
    "CloseForm",
    "ConversionForm",
    "EndVenueForm",
    "HandOverForm",
    "InstitutionForm",
    "LicenceEventForm",
    "LicenceForm",
    "ReasonForm",
    "UnlicensedForm",
    "VenueForm",
    "WarningForm",
]

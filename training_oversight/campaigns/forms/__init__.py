"""What a person may type about a campaign."""

from training_oversight.campaigns.forms.plan import (
    CloseForm,
    ConfirmForm,
    PapersForm,
    PlanForm,
    ReasonForm,
    ReturnForm,
)
from training_oversight.campaigns.forms.reports import AskForm, TakeForm, ZeroForm
from training_oversight.campaigns.forms.targets import (
    AddForm,
    BulkForm,
    HandOverForm,
    ProposedForm,
    ReplanForm,
    ShareForm,
)

__all__ = [
    "AddForm",
    "AskForm",
    "BulkForm",
    "CloseForm",
    "ConfirmForm",
    "HandOverForm",
    "PapersForm",
    "PlanForm",
    "ProposedForm",
    "ReasonForm",
    "ReplanForm",
    "ReturnForm",
    "ShareForm",
    "TakeForm",
    "ZeroForm",
]

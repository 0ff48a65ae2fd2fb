"""What the desk, the handler and the head type about a complaint."""

from training_oversight.complaints.forms.fields import (
    CHOOSE,
    Boxes,
    KeyField,
    PlainForm,
    ReasonForm,
)
from training_oversight.complaints.forms.handling import (
    OWN,
    AgainForm,
    AnswerForm,
    AssignForm,
    CallForm,
    DecideForm,
    HandForm,
    ObjectForm,
    PlatformForm,
    UrgeForm,
    VisitForm,
    answer_form,
)
from training_oversight.complaints.forms.taking import (
    CorrectForm,
    DeclineForm,
    IntakeForm,
    LookForm,
    MergeForm,
    ToldForm,
)

__all__ = [
    "CHOOSE",
    "OWN",
    "AgainForm",
    "AnswerForm",
    "AssignForm",
    "Boxes",
    "CallForm",
    "CorrectForm",
    "DecideForm",
    "DeclineForm",
    "HandForm",
    "IntakeForm",
    "KeyField",
    "LookForm",
    "MergeForm",
    "ObjectForm",
    "PlainForm",
    "PlatformForm",
    "ReasonForm",
    "ToldForm",
    "UrgeForm",
    "VisitForm",
    "answer_form",
]

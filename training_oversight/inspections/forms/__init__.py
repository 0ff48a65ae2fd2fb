"""What inspectors may type, on the phone and at the desk."""

from training_oversight.inspections.forms.controls import ANSWERS, listed, member
from training_oversight.inspections.forms.problems import (
    FixForm,
    OtherProblemForm,
    ProblemForm,
    SetAsideForm,
)
from training_oversight.inspections.forms.visits import (
    AnswersForm,
    ApprovalForm,
    ApproveManyForm,
    BeginForm,
    CorrectionForm,
    EnteredForm,
    FinishForm,
    NotPossibleForm,
    PhotosForm,
    PlaceForm,
    PlanForm,
    finish_form,
)

__all__ = [
    "ANSWERS",
    "AnswersForm",
    "ApprovalForm",
    "ApproveManyForm",
    "BeginForm",
    "CorrectionForm",
    "EnteredForm",
    "FinishForm",
    "FixForm",
    "NotPossibleForm",
    "OtherProblemForm",
    "PhotosForm",
    "PlaceForm",
    "PlanForm",
    "ProblemForm",
    "SetAsideForm",
    "finish_form",
    "listed",
    "member",
]

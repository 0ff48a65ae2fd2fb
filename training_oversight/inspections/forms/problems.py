"""What may be said of a problem, and what becomes of it."""

from __future__ import annotations

from wtforms import (
    RadioField,
    SelectField,
    TextAreaField,
)
from wtforms.validators import ValidationError

from training_oversight.catalogue.models import Severity
from training_oversight.files.fields import EvidenceField
from training_oversight.inspections.forms.controls import (
    LINE,
    PARAGRAPH,
    options,
)
from training_oversight.inspections.service import Handling
from training_oversight.texts import Text
from training_oversight.web.forms import AtMost, DayField, OversightForm, PartForm, Required


class ProblemFields(PartForm):
    """One problem. Handling decides whether a note is asked for."""

    violation_type_id = SelectField(Text("Violation type"), coerce=int)
    facts = TextAreaField(Text("What was seen"), validators=[AtMost(PARAGRAPH)])
    severity = RadioField(
        Text("Severity"), choices=options(Severity), default=Severity.SERIOUS.value
    )
    handling = RadioField(
        Text("What is done about it"), choices=options(Handling), default=Handling.LEDGER.value
    )
    note = TextAreaField(
        Text("How it was put right, or why it is not registered"), validators=[AtMost(LINE)]
    )

    def validate_note(self, field: TextAreaField) -> None:
        decided = self.handling.data != Handling.LEDGER.value
        if decided and (self.facts.data or "").strip() and not (field.data or "").strip():
            raise ValidationError(Text("Say how it was put right, or why it is not registered."))


class ProblemForm(ProblemFields, OversightForm):
    class Meta(ProblemFields.Meta, OversightForm.Meta):
        pass

    facts = TextAreaField(
        Text("What was seen"),
        validators=[
            Required(Text("Say what was seen: when, where, how many.")),
            AtMost(PARAGRAPH),
        ],
    )
    photos = EvidenceField(Text("Photos"))


class OtherProblemForm(ProblemForm):
    """A problem that no visit of ours has found."""

    source = SelectField(Text("Where it comes from"))
    found_on = DayField(Text("Found on"), validators=[Required(Text("Enter the day."))])


class FixForm(OversightForm):
    note = TextAreaField(
        Text("How it was put right"),
        validators=[Required(Text("Say how it was put right, and who saw it.")), AtMost(LINE)],
    )


class SetAsideForm(OversightForm):
    note = TextAreaField(
        Text("Why it is not registered"),
        validators=[Required(Text("Give the reason why it is not registered.")), AtMost(LINE)],
    )

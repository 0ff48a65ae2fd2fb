"""What may be said of a problem, and what becomes of it."""

from __future__ import annotations

from wtforms import RadioField, TextAreaField
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
from training_oversight.web.choices import ToChoose, code, each, member
from training_oversight.web.forms import AtMost, OversightForm, PartForm, Required, RequiredAtTimes
from training_oversight.web.typed_days import DayField, Lies

CHOOSE_TYPE = Text("Choose the violation type.")
SAY_SEEN = Text("Say what was seen: when, where, how many.")


class ProblemFields(PartForm):
    """One problem. Handling decides whether a note is asked for.

    Where no severity is chosen it is that of the type.
    """

    violation_type_id = ToChoose(Text("Violation type"), CHOOSE_TYPE, validators=[])
    facts = TextAreaField(Text("What was seen"), validators=[AtMost(PARAGRAPH)])
    severity = RadioField(
        Text("Severity"),
        coerce=member(Severity),
        choices=each(Severity),
        validate_choice=False,
        description=Text("As the violation type says, unless you choose."),
    )
    handling = RadioField(
        Text("What is done about it"), choices=options(Handling), default=Handling.LEDGER.value
    )
    note = TextAreaField(
        Text("How it was put right, or why it is not registered"),
        validators=[RequiredAtTimes(), AtMost(LINE)],
    )

    @property
    def told(self) -> bool:
        """Whether anything was said of it: what was begun is not dropped without a word."""
        typed = (self.facts.data or "").strip() or (self.note.data or "").strip()
        return bool(typed or self.violation_type_id.data or self.severity.data)

    def validate_violation_type_id(self, field: ToChoose) -> None:
        if self.told and field.data is None:
            raise ValidationError(CHOOSE_TYPE)

    def validate_facts(self, field: TextAreaField) -> None:
        if self.told and not (field.data or "").strip():
            raise ValidationError(SAY_SEEN)

    def validate_note(self, field: TextAreaField) -> None:
        decided = self.handling.data != Handling.LEDGER.value
        if decided and self.told and not (field.data or "").strip():
            raise ValidationError(Text("Say how it was put right, or why it is not registered."))


class ProblemForm(ProblemFields, OversightForm):
    class Meta(ProblemFields.Meta, OversightForm.Meta):
        pass

    facts = TextAreaField(Text("What was seen"), validators=[Required(SAY_SEEN), AtMost(PARAGRAPH)])
    photos = EvidenceField(Text("Photos"))

    @property
    def told(self) -> bool:
        return True


class OtherProblemForm(ProblemForm):
    """A problem that no visit of ours has found."""

    source = ToChoose(Text("Where it comes from"), Text("Choose where it comes from."), coerce=code)
    found_on = DayField(
        Text("Found on"), validators=[Required(Text("Enter the day."))], lies=Lies.BEHIND
    )


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

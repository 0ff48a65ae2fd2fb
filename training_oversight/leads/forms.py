"""What a person types of a lead, and the sentence when it is wrong."""

from __future__ import annotations

from wtforms import (
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.widgets import CheckboxInput, ListWidget

from training_oversight import places
from training_oversight.errors import BadInput
from training_oversight.files.fields import EvidenceField
from training_oversight.leads.models import LeadSource
from training_oversight.places import Position
from training_oversight.texts import Text
from training_oversight.web.choices import ToChoose, code, each, member
from training_oversight.web.forms import AtMost, OversightForm, Required
from training_oversight.web.safe_request import whole
from training_oversight.web.typed_days import DayField, Lies

FARTHEST = 1_000_000


class LeadForm(OversightForm):
    """Where, when, what; then from whom."""

    place = StringField(
        Text("Which place it is"),
        validators=[AtMost(200)],
        description=Text("A part of the name, or what the place is called."),
    )
    # The key of a record that was chosen among those found; empty for a place that is described.
    institution = StringField(validators=[AtMost(20)])
    address = StringField(
        Text("Address, or how to find it"),
        validators=[AtMost(200)],
        description=Text("Only for a place that is not in the register."),
    )
    township = ToChoose(
        Text("Township of the place"),
        Text("Choose the township of the place."),
        coerce=code,
        validators=[],
        description=Text("Only for a place that is not in the register."),
    )
    position = StringField(
        Text("Position of the place"),
        validators=[AtMost(60)],
        description=Text("Latitude, longitude: 29.56, 106.55"),
    )
    accuracy = HiddenField()
    seen_on = DayField(
        Text("Seen on"), validators=[Required(Text("Enter the day."))], lies=Lies.BEHIND
    )
    facts = TextAreaField(
        Text("What was seen or heard"),
        validators=[Required(Text("Write what was seen or heard.")), AtMost(4000)],
        description=Text("Do not write who told it: nobody needs the name to look there."),
    )
    source = RadioField(
        Text("From whom it comes"),
        coerce=member(LeadSource),
        choices=each(LeadSource),
        validators=[Required(Text("Choose from whom it comes."))],
    )
    photos = EvidenceField(Text("Photos"))

    def validate_position(self, field: StringField) -> None:
        try:
            self.where()
        except BadInput as error:
            raise ValidationError(error.text) from error

    def where(self) -> Position | None:
        """Raises ``BadInput``."""
        typed = (self.position.data or "").strip()
        return places.parse(typed) if typed else None

    @property
    def metres(self) -> int | None:
        try:
            return min(max(whole(self.accuracy.data or ""), 0), FARTHEST)
        except ValueError:
            return None


class FollowForm(OversightForm):
    planned_on = DayField(
        Text("To be inspected on"), validators=[Required(Text("Enter the day."))], lies=Lies.AHEAD
    )
    officers = SelectMultipleField(
        Text("Inspectors"),
        coerce=int,
        description=Text("A formal inspection needs two officers with certificates."),
        validators=[Required(Text("Choose who inspects."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class PressForm(OversightForm):
    """A step that needs nothing typed."""


class HandOnForm(OversightForm):
    department = ToChoose(
        Text("Department that it is for"), Text("Choose the department that it is for.")
    )
    note = TextAreaField(Text("What the department should know"), validators=[AtMost(500)])


class ReasonForm(OversightForm):
    reason = TextAreaField(Text("Reason"), validators=[Required(Text("Say why.")), AtMost(500)])


class ConfirmForm(OversightForm):
    reason = TextAreaField(
        Text("How it was established on the visit"),
        validators=[Required(Text("Write how it was established.")), AtMost(500)],
    )

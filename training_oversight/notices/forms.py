"""What an officer may type about a notice, and the sentence when it cannot be used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from training_oversight import clock
from training_oversight.files.fields import EvidenceField
from training_oversight.law import Unit
from training_oversight.law.periods import LONGEST
from training_oversight.notices.models import Recipient, ServiceMethod
from training_oversight.texts import Text
from training_oversight.web.choices import each
from training_oversight.web.forms import AtMost, OversightForm, PartForm, Required, RequiredAtTimes
from training_oversight.web.typed_days import DayField, Lies

LONGEST_TEXT = 4000
CLOCK_TIME = re.compile(r"([01]?\d|2[0-3])[:：]?([0-5]\d)")


class DraftForm(OversightForm):
    """Which type of notice, about which problems."""

    type_id = RadioField(
        Text("Type of notice"), coerce=int, validators=[Required(Text("Choose a type."))]
    )
    items = SelectMultipleField(
        Text("Problems it is about"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[Required(Text("Choose at least one problem that the notice is about."))],
    )


class WholeNumberField(IntegerField):
    """A number of days; what is no number is said in words, and kept as typed."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = None
        if valuelist and str(valuelist[0]).strip():
            try:
                self.data = int(str(valuelist[0]).strip())
            except ValueError as error:
                raise ValueError(Text("Enter a whole number of days.")) from error


def period_length(_form: object, field: Field) -> None:
    """No period at all is fine; one is as long as the law's own type allows."""
    if field.data is not None and not 1 <= field.data <= LONGEST:
        raise StopValidation(Text("A period is 1 to 3650 days long."))


class AskedForm(PartForm):
    """What the paper says about one problem."""

    item_id = HiddenField()
    basis = StringField(Text("Legal basis"), validators=[AtMost(LONGEST_TEXT)])
    requirement = TextAreaField(Text("Requirement"), validators=[AtMost(LONGEST_TEXT)])
    at_once = BooleanField(Text("At once on service"))
    length = WholeNumberField(Text("Period"), validators=[period_length])
    unit = SelectField(Text("Unit"), choices=each(Unit), coerce=Unit)
    left_out = BooleanField(Text("Leave this problem out of the notice"))


class EditForm(OversightForm):
    """The draft. Nothing in it is required: only submitting asks for what is missing."""

    recipient = SelectField(Text("Addressed to"), choices=each(Recipient), coerce=Recipient)
    recipient_name = StringField(Text("Recipient"), validators=[AtMost(200)])
    recipient_address = StringField(Text("Address"), validators=[AtMost(300)])
    recipient_person = StringField(
        Text("Legal representative or responsible person"), validators=[AtMost(100)]
    )
    facts = TextAreaField(Text("Facts found"), validators=[AtMost(LONGEST_TEXT)])
    entries = FieldList(FormField(AskedForm))
    consequence = TextAreaField(
        Text("Consequence of not complying"), validators=[AtMost(LONGEST_TEXT)]
    )
    remedies = TextAreaField(
        Text("Remedies and their time limits"), validators=[AtMost(LONGEST_TEXT)]
    )

    def faults(self) -> list[tuple[str | None, object]]:
        """The same in page order, down to the controls of each problem."""
        found: list[tuple[str | None, object]] = [(None, text) for text in self.problems]
        for control in self:
            parts = (
                [part for entry in self.entries for part in entry.form]
                if control.name == "entries"
                else [control]
            )
            found += [(part.id, text) for part in parts for text in part.errors]
        return found

    def point_at(self, field: str, problem: Text) -> None:
        """Put a sentence beside the control with this id, or on top if there is none."""
        controls = [part for entry in self.entries for part in entry.form] + list(self)
        for control in controls:
            if control.id == field:
                control.errors = [*control.errors, problem]
                return
        self.problems.append(problem)


class ReasonForm(OversightForm):
    reason = TextAreaField(Text("Reason"), validators=[Required(Text("Say why.")), AtMost(500)])


class ReturnForm(OversightForm):
    note = TextAreaField(
        Text("What should be changed"),
        validators=[Required(Text("Say what should be changed.")), AtMost(500)],
    )


class ApproveForm(OversightForm):
    pass


def clock_time(_form: object, field: Field) -> None:
    """A time of the day, ``16:20`` or ``1620``."""
    if field.data and not CLOCK_TIME.fullmatch(field.data):
        raise StopValidation(Text("Write the time as 16:20."))


def attempted_at(day: date, typed: str | None) -> datetime:
    """When it happened; midnight if only the day is known."""
    found = CLOCK_TIME.fullmatch(typed or "")
    hour = time(int(found[1]), int(found[2])) if found else time(0)
    return clock.from_local(datetime.combine(day, hour))


class AttemptForm(OversightForm):
    """What every attempt to serve has, made or failed."""

    method = RadioField(
        Text("Method"),
        choices=each(ServiceMethod),
        coerce=ServiceMethod,
        validators=[Required(Text("Choose how it was served."))],
    )
    attempted_on = DayField(
        Text("Day of handing over, posting or announcing"),
        validators=[Required(Text("Enter the day."))],
        lies=Lies.BEHIND,
    )
    attempted_time = StringField(Text("Time"), validators=[clock_time])
    place = StringField(Text("Place"), validators=[AtMost(300)])
    served_by = StringField(Text("Served by"), validators=[AtMost(100)])
    proof = EvidenceField(Text("Signed proof of service, receipt or photos"))


class ServeForm(AttemptForm):
    # Which of these are needed hangs on the method (``methods.RULES``).
    place = StringField(Text("Place"), validators=[RequiredAtTimes(), AtMost(300)])
    received_by = StringField(
        Text("Who signed for it"), validators=[RequiredAtTimes(), AtMost(100)]
    )
    receiver_role = StringField(
        Text("In what capacity"), validators=[RequiredAtTimes(), AtMost(100)]
    )
    witness = StringField(Text("Witness"), validators=[RequiredAtTimes(), AtMost(100)])
    detail = TextAreaField(
        Text("Details of the proof"), validators=[RequiredAtTimes(), AtMost(500)]
    )
    receipt_on = DayField(
        Text("Day on the receipt"), validators=[RequiredAtTimes()], lies=Lies.BEHIND
    )


class FailedForm(AttemptForm):
    failure = TextAreaField(
        Text("Why it could not be served"),
        validators=[
            Required(Text("Say why it could not be served, for instance that nobody was there.")),
            AtMost(500),
        ],
    )

"""What may be said of a visit: begun, planned, entered, corrected, finished."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import uuid4

from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import ValidationError

from training_oversight import clock
from training_oversight.files.fields import EvidenceField
from training_oversight.inspections.forms.controls import (
    LINE,
    NAME,
    PARAGRAPH,
    PROBLEMS,
    CheckboxesField,
    ClockField,
    PositionField,
    listed,
    options,
)
from training_oversight.inspections.forms.problems import ProblemFields
from training_oversight.inspections.models import (
    Approval,
    NotPossible,
    VisitKind,
)
from training_oversight.inspections.queries import Unexplained
from training_oversight.inspections.service.on_site import why_field
from training_oversight.places import Position
from training_oversight.places.datum import placed as converted
from training_oversight.registry.models import PositionSource, Premises
from training_oversight.texts import Text
from training_oversight.web import maps_of_figures
from training_oversight.web.choices import ToChoose, code, each, member
from training_oversight.web.forms import AtMost, OversightForm, Required
from training_oversight.web.typed_days import DayField, Lies


class PlaceFields:
    """An unknown place: what can be seen from the street."""

    place_name = StringField(
        Text("Name, or what the place is called"),
        description=Text("What is written over the door, or what parents say."),
    )
    place_address = StringField(Text("Address of the place"))
    place_division_id = ToChoose(Text("Township or street"), Text("Choose the township or street."))
    place_kind = SelectField(Text("Kind of training"))
    place_premises = SelectField(
        Text("Kind of premises"),
        choices=[*listed([("", Text("Not known yet"))]), *options(Premises)],
    )
    place_unregistered = BooleanField(Text("No licence or registration was shown"))


class VisitForm(OversightForm):
    """What every visit has. The view gives the choices and takes the place fields away."""

    client_key = HiddenField(default=lambda: str(uuid4()))

    kind = ToChoose(
        Text("Kind of visit"),
        Text("Choose the kind of visit."),
        coerce=member(VisitKind),
        choices=each(VisitKind),
    )
    purpose = StringField(Text("Purpose"), validators=[AtMost(LINE)])
    officers = CheckboxesField(
        Text("Inspectors"),
        coerce=int,
        description=Text("A formal inspection needs two officers with certificates."),
        validators=[Required(Text("Choose who inspects."))],
    )
    helpers = StringField(
        Text("Others who came along"),
        description=Text("Grid workers and auxiliary staff help; they do not inspect."),
        validators=[AtMost(LINE)],
    )
    # Left open, nothing is said of it: no visit is kept from being saved for want of it.
    approval = RadioField(
        Text("Approval of the visit"),
        coerce=member(Approval),
        choices=each(one for one in Approval if one is not Approval.UNSTATED),
        validate_choice=False,
    )
    approved_by_name = StringField(Text("Who approved, or will approve"), validators=[AtMost(NAME)])
    approved_on = DayField(Text("Approved on"), lies=Lies.BEHIND)
    outside_number = StringField(
        Text("Number in the outside system"),
        description=Text("Where the visit is registered elsewhere first."),
        validators=[AtMost(NAME)],
    )

    def validate_approved_on(self, field: DayField) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError(
                Text("The day cannot be later than today (%(today)s).", today=clock.today())
            )


class BeginForm(PlaceFields, VisitForm):
    """Standing before the door."""

    checklist_id = SelectField(Text("Checklist"), coerce=int)


class PlanForm(BeginForm):
    planned_on = DayField(
        Text("To be inspected on"), validators=[Required(Text("Enter the day."))], lies=Lies.AHEAD
    )


class ClosingFields:
    """What is written down before the inspectors leave."""

    representative = StringField(Text("Person in charge on site"), validators=[AtMost(NAME)])
    representative_role = StringField(Text("Post of that person"), validators=[AtMost(NAME)])
    statement = TextAreaField(
        Text("What the person in charge said"), validators=[AtMost(PARAGRAPH)]
    )
    minutes = TextAreaField(Text("Minutes"), validators=[AtMost(PARAGRAPH)])


class TimesAndPlace:
    happened_at = DayField(
        Text("Day of the visit"),
        validators=[Required(Text("Enter the day of the visit."))],
        lies=Lies.BEHIND,
    )
    happened_time = ClockField(
        Text("From"), validators=[Required(Text("Enter the time, for instance 14:30."))]
    )
    ended_at = ClockField(Text("Until"))
    position = PositionField(
        Text("Position"), description=Text("Latitude, longitude: 29.56, 106.55")
    )
    datum = maps_of_figures.datum()

    def placed(self, present: Position | None = None) -> dict[str, object]:
        """The position as it was typed; one that stood there already is not converted again."""
        typed = self.position.data
        if typed is None or typed == present:
            return {"position": typed}
        position, accuracy = converted(typed, self.datum.data)
        return {"position": position, "position_accuracy": accuracy}

    def begun(self) -> datetime:
        return moment(self.happened_at.data, self.happened_time.data)

    def ended(self) -> datetime | None:
        if self.ended_at.data is None:
            return None
        return moment(self.happened_at.data, self.ended_at.data)


def moment(day: date | None, at: time | None) -> datetime:
    return clock.from_local(datetime.combine(day or clock.today(), at or time()))


class QuestionedFields(ProblemFields):
    """A problem, and which question has found it."""

    item = SelectField(Text("Question that found it"), coerce=code)


class EnteredForm(PlaceFields, TimesAndPlace, VisitForm, ClosingFields):
    """A visit entered afterwards, all on one page."""

    found = FieldList(FormField(QuestionedFields), min_entries=PROBLEMS, max_entries=PROBLEMS)
    unanswered_reason = StringField(
        Text("Why questions stay unanswered"), validators=[AtMost(LINE)]
    )
    photos = EvidenceField(Text("Photos"))


class CorrectionForm(TimesAndPlace, VisitForm, ClosingFields):
    reason = TextAreaField(
        Text("Why it is corrected"),
        validators=[Required(Text("Say why it is corrected.")), AtMost(LINE)],
    )


class AnswersForm(OversightForm):
    """The checklist on the phone; its answers are read by their own names."""


class PhotosForm(OversightForm):
    photos = EvidenceField(
        Text("Photos"),
        validators=[Required(Text("Choose a photo, or take one."))],
        rest_saves=True,
    )


class PlaceForm(OversightForm):
    """Where the inspectors stand."""

    position = PositionField(
        Text("Position"),
        description=Text("Latitude, longitude: 29.56, 106.55"),
        validators=[Required(Text("Type the position, or let the device find it."))],
    )
    datum = maps_of_figures.datum()
    accuracy = HiddenField()
    source = HiddenField()

    @property
    def place(self) -> Position | None:
        """What a device tells needs no map."""
        if self.position.data is None or self.told_by is PositionSource.DEVICE:
            return self.position.data
        return converted(self.position.data, self.datum.data)[0]

    @property
    def metres(self) -> int | None:
        if self.position.data is not None and self.told_by is not PositionSource.DEVICE:
            return converted(self.position.data, self.datum.data)[1]
        try:
            return min(round(float(self.accuracy.data or "")), 1_000_000)
        except (ValueError, OverflowError):
            return None

    @property
    def told_by(self) -> PositionSource:
        device = self.source.data == PositionSource.DEVICE.value
        return PositionSource.DEVICE if device else PositionSource.TYPED


class FinishForm(ClosingFields, OversightForm):
    unanswered_reason = StringField(
        Text("Why questions stay unanswered"), validators=[AtMost(LINE)]
    )


def finish_form(unexplained: Sequence[Unexplained]) -> type[FinishForm]:
    """With a line for each that does not comply and of which nothing else was said."""
    sentence = Text("Why it is no problem")
    asked = {
        why_field(one.code): StringField(sentence, validators=[AtMost(LINE)]) for one in unexplained
    }
    return type("FinishingForm", (FinishForm,), asked)


class ApproveManyForm(OversightForm):
    visits = SelectMultipleField(
        Text("Visits"), coerce=int, validators=[Required(Text("Tick the visits that you approve."))]
    )


class NotPossibleForm(OversightForm):
    kind = RadioField(
        Text("What happened"),
        choices=options(NotPossible),
        validators=[Required(Text("Choose what happened."))],
    )
    note = TextAreaField(
        Text("What was seen"),
        description=Text("For instance a notice on the door, what neighbours said."),
        validators=[AtMost(LINE)],
    )
    again_on = DayField(
        Text("Next attempt on"),
        validators=[Required(Text("Enter the day of the next attempt."))],
        lies=Lies.AHEAD,
    )
    photos = EvidenceField(
        Text("Photo of the door"),
        description=Text("It shows that somebody was there; it can be left out."),
    )


class ApprovalForm(OversightForm):
    approved_by_name = StringField(
        Text("Approved by"),
        validators=[Required(Text("Enter who approved the visit.")), AtMost(NAME)],
    )
    approved_on = DayField(
        Text("Approved on"), validators=[Required(Text("Enter the day."))], lies=Lies.BEHIND
    )

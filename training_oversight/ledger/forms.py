"""What a person may type about an item, and the sentence when it is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from wtforms import (
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from training_oversight import law
from training_oversight.accounts.models import Officer
from training_oversight.catalogue.models import CloseReason
from training_oversight.errors import BadInput
from training_oversight.files.fields import EvidenceField
from training_oversight.ledger.models import LimitBasis, Verdict, VerificationMode
from training_oversight.ledger.service import FixedLimit, GivenLimit, PeriodLimit
from training_oversight.texts import Text
from training_oversight.web.choices import ToChoose, each, member
from training_oversight.web.forms import AtMost, OversightForm, Required, options
from training_oversight.web.safe_request import whole
from training_oversight.web.typed_days import DayField, Lies

Value = TypeVar("Value")
NOBODY = options([(0, Text("Nobody yet"))])
NONE, PERIOD, FIXED = "none", "period", "fixed"
REASON = Text("Say why; it stays in the history.")
CHOOSE_BASIS = Text("Choose the basis.")
# Bases that an officer may give by hand; service and re-check come from their own steps.
BY_HAND = (
    LimitBasis.ON_THE_SPOT,
    LimitBasis.ASSIGNMENT,
    LimitBasis.PROMISE,
    LimitBasis.FIXED_DATE,
)


class LimitForm(OversightForm):
    """A deadline: a period from a day, or a day."""

    limit = RadioField(
        Text("Limit"),
        choices=options([(PERIOD, Text("A period from a day")), (FIXED, Text("A fixed day"))]),
        default=PERIOD,
        validators=[Required(Text("Choose how the limit is given."))],
    )
    length = IntegerField(Text("How many"), validators=[Optional()])
    unit = SelectField(Text("Unit"), choices=options(law.Unit.choices()))
    starts_on = DayField(Text("Counted from"), description=Text("The day itself is not counted."))
    due_on = DayField(Text("Due day"), lies=Lies.AHEAD)
    # Not on the page where the step itself is the basis: ``given`` asks for it where it counts.
    basis = ToChoose(
        Text("Basis"),
        CHOOSE_BASIS,
        coerce=member(LimitBasis),
        choices=each(BY_HAND),
        validators=[],
        validate_choice=False,
    )
    source = StringField(
        Text("Where it stands"),
        description=Text("For instance the number of the paper or of the promise."),
        validators=[AtMost(100)],
    )

    def given(self, basis: LimitBasis | None = None) -> GivenLimit | None:
        """The limit as it was typed. Raises ``BadInput`` beside the field that is missing."""
        source = self.source.data or ""
        if self.limit.data == NONE:
            return None
        if self.limit.data == FIXED:
            day = _needed(self.due_on.data, "due_on", Text("Enter the due day."))
            return FixedLimit(day, basis or self._stated(), source)
        length = _needed(self.length.data, "length", Text("Enter how many days."))
        start = _needed(self.starts_on.data, "starts_on", Text("Enter the day to count from."))
        period = _period(length, self.unit.data)
        return PeriodLimit(period, start, basis or self._stated(), source)

    def _stated(self) -> LimitBasis:
        typed = next((one for one in BY_HAND if one == self.basis.data), None)
        return _needed(typed, "basis", CHOOSE_BASIS)


class PersonsForm(OversightForm):
    """What has to be done, by whom, and who sees to it."""

    measure = TextAreaField(Text("Measure"), validators=[AtMost(2000)])
    responsible_party = StringField(Text("Responsible party"), validators=[AtMost(200)])
    responsible_person = StringField(Text("Responsible person"), validators=[AtMost(50)])
    officer_in_charge_id = SelectField(
        Text("Officer in charge"),
        coerce=int,
        description=Text("Follows it up; somebody else verifies."),
    )


class RegisterForm(PersonsForm, LimitForm):
    limit = RadioField(
        Text("Limit"),
        choices=options(
            [
                (NONE, Text("A notice will set it")),
                (PERIOD, Text("A period from a day")),
                (FIXED, Text("A fixed day")),
            ]
        ),
        default=NONE,
    )
    officer_in_charge_id = ToChoose(
        Text("Officer in charge"),
        Text("Choose the officer in charge, or “nobody yet”."),
        description=Text("Follows it up; somebody else verifies."),
    )


class ReportForm(OversightForm):
    report = TextAreaField(
        Text("What the institution reports"),
        validators=[Required(Text("Enter what the institution has done.")), AtMost(4000)],
    )
    received_on = DayField(
        Text("Received on"),
        validators=[Required(Text("Enter when the report came in."))],
        lies=Lies.BEHIND,
    )
    documents = EvidenceField(Text("Report and proof"))

    # Only of an item with a second limit that runs.
    second_met_on = DayField(
        Text("Reported on"),
        description=Text("Leave it empty as long as this is not reported: its limit runs on."),
        lies=Lies.BEHIND,
    )


class SecondForm(OversightForm):
    """That what has a limit of its own is done."""

    second_met_on = DayField(
        Text("Reported on"),
        validators=[Required(Text("Enter when the report came in."))],
        lies=Lies.BEHIND,
    )
    report = TextAreaField(
        Text("What the institution reports"),
        description=Text("For instance how many families were refunded how much."),
        validators=[Required(Text("Enter what the institution has done.")), AtMost(4000)],
    )
    documents = EvidenceField(Text("Report and proof"))


class RecheckForm(OversightForm):
    mode = RadioField(
        Text("How it was checked"),
        choices=options(VerificationMode.choices()),
        validators=[Required(Text("Choose how it was checked."))],
    )
    visit_id = SelectField(
        Text("Visit"),
        coerce=int,
        description=Text(
            "Finished formal visits here since the report, on which the re-checking officer was."
        ),
    )
    verified_on = DayField(
        Text("Checked on"),
        validators=[Required(Text("Enter when it was checked."))],
        lies=Lies.BEHIND,
    )
    note = TextAreaField(
        Text("What was seen"),
        validators=[Required(Text("Enter what was seen.")), AtMost(2000)],
    )
    documents = EvidenceField(Text("Photos and proof"))


class VerifyForm(RecheckForm, LimitForm):
    verdict = RadioField(
        Text("Result"),
        choices=options(Verdict.choices()),
        validators=[Required(Text("Choose the result."))],
    )


def _reason_of_close_out() -> ToChoose:
    return ToChoose(Text("Reason of close-out"), Text("Choose the reason of close-out."))


class DirectForm(RecheckForm):
    reason_id = _reason_of_close_out()
    verified_by_id = ToChoose(
        Text("Verified by"),
        Text("Choose who verified it."),
        description=Text("Not who approves, nor who is in charge."),
    )


class CloseForm(OversightForm):
    reason_id = _reason_of_close_out()
    note = TextAreaField(Text("Remark"), validators=[AtMost(1000)])


class ReasonForm(OversightForm):
    reason = TextAreaField(Text("Reason"), validators=[Required(REASON), AtMost(1000)])


class ReopenForm(LimitForm):
    reason = TextAreaField(Text("Reason"), validators=[Required(REASON), AtMost(1000)])


class DocumentForm(OversightForm):
    document = StringField(
        Text("Document"),
        description=Text("The superior's document, with its number."),
        validators=[Required(Text("Enter the document.")), AtMost(200)],
    )


class PlanForm(OversightForm):
    planned_on = DayField(
        Text("Planned for"),
        validators=[Required(Text("Enter the day of the re-inspection."))],
        lies=Lies.AHEAD,
    )
    purpose = StringField(Text("Purpose"), validators=[AtMost(200)])
    officers = SelectMultipleField(
        Text("Inspectors"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=Text("A formal inspection needs two officers with certificates."),
        validators=[Required(Text("Choose who inspects."))],
    )
    items = SelectMultipleField(
        Text("Items to look at"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[Required(Text("Choose at least one item."))],
    )


def people(officers: Iterable[Officer]) -> list[SelectChoice]:
    return options((one.id, one.name) for one in officers)


def reasons(found: Iterable[CloseReason]) -> list[SelectChoice]:
    return options((one.id, one.label) for one in found)


def _needed(value: Value | None, field: str, sentence: Text) -> Value:
    if value is None:
        raise BadInput(sentence, {field: sentence})
    return value


def _period(length: int, unit: str) -> law.Period:
    try:
        return law.Period(length, law.Unit(unit))  # type: ignore[call-arg]
    except BadInput as error:
        raise BadInput(error.text, {"length": error.text}) from error


class RecountForm(OversightForm):
    items = SelectMultipleField(
        Text("Items"),
        coerce=whole,
        default=(),
        validators=[Required(Text("Choose at least one item."))],
    )


class AssignManyForm(OversightForm):
    officer_id = ToChoose(Text("Officer in charge"), Text("Choose the officer in charge."))

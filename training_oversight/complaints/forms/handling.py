"""What the handler, the head and the desk type while an order is handled."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import (
    Field,
    RadioField,
    TextAreaField,
)

from training_oversight.complaints.forms.fields import Boxes, KeyField, ReasonForm
from training_oversight.complaints.kinds import (
    CalledBy,
    Satisfaction,
    Truth,
)
from training_oversight.complaints.models import Complaint
from training_oversight.files.fields import EvidenceField
from training_oversight.texts import Text
from training_oversight.vault.screened import ScreenedForm
from training_oversight.web.choices import each, member
from training_oversight.web.forms import AtMost, OversightForm, Required
from training_oversight.web.typed_days import DayField, Lies

# What the name of a field for one reporter's own answer begins with.
OWN = "own-"


class AssignForm(ScreenedForm):
    screened = ("account",)

    department_id = KeyField(
        Text("Responsible department"), validators=[Required(Text("Choose one department."))]
    )
    handler_id = KeyField(
        Text("Handler"),
        description=Text("Left empty, it waits for everybody of the department who may handle it."),
    )
    helpers = Boxes(Text("Helping departments"), coerce=int)
    account = TextAreaField(
        Text("What the department reads"),
        validators=[
            Required(Text("Write what the department needs to know, without the reporter.")),
            AtMost(5000),
        ],
        description=Text(
            "The reporter's own words stay with the desk. Leave out whatever could tell who it was."
        ),
    )


class ObjectForm(ScreenedForm):
    screened = ("ground",)

    ground = TextAreaField(
        Text("Ground of the objection"),
        validators=[Required(Text("Say on what ground it is not yours.")), AtMost(500)],
    )
    department_id = KeyField(
        Text("Whose it is"), validators=[Required(Text("Name the department whose it is."))]
    )


class DecideForm(ScreenedForm):
    screened = ("reason",)

    department_id = KeyField(
        Text("Stays with or goes to"), validators=[Required(Text("Choose the department."))]
    )
    reason = TextAreaField(Text("Reason"), validators=[Required(Text("Say why.")), AtMost(500)])


class AnswerForm(ScreenedForm):
    screened = ("reasons", "words")

    truth = RadioField(
        Text("Did it prove true?"),
        coerce=member(Truth),
        choices=each(Truth),
        validators=[Required(Text("Choose whether what was told proved true."))],
    )
    reasons = TextAreaField(
        Text("What was found"),
        validators=[Required(Text("Write what was looked into and found.")), AtMost(2000)],
        description=Text("For the office; the reporter does not read it."),
    )
    words = TextAreaField(
        Text("Answer to the reporter"),
        validators=[Required(Text("Write the answer.")), AtMost(2000)],
    )
    files = EvidenceField(Text("Papers and photos"))

    @property
    def own_fields(self) -> list[Field]:
        """One for each further reporter of the order."""
        return [one for one in self if one.name.startswith(OWN)]

    @property
    def own(self) -> dict[int, str]:
        """What was written for each of them alone, by the key of their complaint."""
        return {int(one.name.removeprefix(OWN)): one.data or "" for one in self.own_fields}


def answer_form(merged: Iterable[Complaint]) -> type[AnswerForm]:
    """The form for an order that took these in: each of their reporters can be told something of
    their own."""
    fields = {
        f"{OWN}{one.id}": TextAreaField(
            Text("Own answer to the reporter of %(number)s", number=one.number),
            validators=[AtMost(2000)],
            description=Text(
                "Only what concerns nobody else. Left empty, they are told the answer above."
            ),
        )
        for one in merged
    }
    if not fields:
        return AnswerForm
    screened = (*AnswerForm.screened, *fields)
    return type("AnswerToSeveral", (AnswerForm,), {**fields, "screened": screened})


class CallForm(OversightForm):
    called_on = DayField(
        Text("Called on"),
        validators=[Required(Text("Enter the day of the call."))],
        lies=Lies.BEHIND,
    )
    called_by = RadioField(
        Text("Call made by"),
        coerce=member(CalledBy),
        choices=each(CalledBy),
        validators=[Required(Text("Choose who called."))],
    )
    satisfaction = RadioField(
        Text("What the reporter said"),
        coerce=member(Satisfaction),
        choices=each(Satisfaction),
        validators=[Required(Text("Choose what the call brought."))],
    )
    remark = TextAreaField(Text("In the reporter's words"), validators=[AtMost(500)])


class AgainForm(ReasonForm):
    decision = RadioField(
        Text("Decision"),
        validators=[Required(Text("Choose whether it is handled again."))],
    )


class UrgeForm(ScreenedForm):
    screened = ("note",)

    note = TextAreaField(
        Text("What is urged"), validators=[Required(Text("Say what is missing.")), AtMost(300)]
    )


class HandForm(OversightForm):
    handler_id = KeyField(Text("Handler"))


class PlatformForm(OversightForm):
    on = DayField(
        Text("Entered on the platform on"),
        validators=[Required(Text("Enter the day."))],
        lies=Lies.BEHIND,
    )


class VisitForm(OversightForm):
    visit = KeyField(Text("Visit"), validators=[Required(Text("Choose the visit."))])

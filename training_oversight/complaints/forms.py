"""What the desk, the handler and the head type about a complaint."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import (
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from training_oversight.complaints.kinds import (
    TYPED_IN,
    CalledBy,
    Channel,
    ComplaintKind,
    Satisfaction,
    Truth,
)
from training_oversight.complaints.models import Complaint
from training_oversight.files.fields import EvidenceField
from training_oversight.texts import Text
from training_oversight.vault.screened import ScreenedForm
from training_oversight.web.choices import each, listed, member
from training_oversight.web.forms import AtMost, OversightForm, Required
from training_oversight.web.typed_days import DayField, Lies

# What the name of a field for one reporter's own answer begins with.
OWN = "own-"
CHOOSE: tuple[object, object] = ("", Text("Choose"))


def _key(value: str | int | None) -> int | None:
    return int(value) if value else None


class Boxes(SelectMultipleField):
    """Several of a list, each with its own box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class KeyField(SelectField):
    """One record of a list; nothing is chosen beforehand."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, coerce=_key, **kwargs)


class PlainForm(OversightForm):
    """A step that needs nothing typed."""


class ReasonForm(ScreenedForm):
    screened = ("reason",)

    reason = TextAreaField(Text("Reason"), validators=[Required(Text("Say why.")), AtMost(500)])


class ToldForm(OversightForm):
    """In the order in which a caller talks: where, what kind, what, when, what they want."""

    place = StringField(
        Text("Where it is"),
        validators=[AtMost(200)],
        description=Text(
            "Whatever the institution is called, or what can be seen: road, floor, signs, the shop "
            "beside."
        ),
    )
    # The key of a record that was chosen among those found; empty for a place that is described.
    institution = StringField(validators=[AtMost(20)])
    position = StringField(
        Text("Latitude and longitude, as a map shows them"), validators=[AtMost(60)]
    )
    township = SelectField(Text("Township"), validators=[])
    kind = RadioField(
        Text("Kind"),
        coerce=member(ComplaintKind),
        choices=each(ComplaintKind),
        validators=[Required(Text("Choose what the caller wants of the county."))],
    )
    violation = SelectField(Text("Subject"), validators=[])
    words = TextAreaField(
        Text("What was told"),
        validators=[Required(Text("Write what was told.")), AtMost(5000)],
    )
    happened = StringField(Text("When it happened"), validators=[AtMost(200)])
    wanted = StringField(Text("What the caller wants"), validators=[AtMost(500)])


class IntakeForm(ToldForm):
    """And then who, and how it came."""

    anonymous = RadioField(
        Text("Reporter"),
        choices=listed([("no", Text("Gives the name")), ("yes", Text("Stays anonymous"))]),
        validators=[Required(Text("Choose whether the reporter gives a name."))],
    )
    name = StringField(Text("Name of the reporter"), validators=[AtMost(50)])
    phone = StringField(Text("Telephone of the reporter"), validators=[AtMost(40)])
    reach = StringField(Text("Other way to reach the reporter"), validators=[AtMost(100)])
    secret = StringField(
        Text("Word for asking"),
        validators=[AtMost(40)],
        description=Text(
            "At least four signs that the reporter chooses; with it and the code they see the "
            "state."
        ),
    )
    channel = RadioField(
        Text("Channel"),
        coerce=member(Channel),
        choices=each(TYPED_IN),
        validators=[Required(Text("Choose how it came."))],
    )
    received_on = DayField(
        Text("Came on"),
        description=Text("Left empty, it came today."),
        lies=Lies.BEHIND,
    )
    outside_number = StringField(Text("Number of the outside order"), validators=[AtMost(60)])
    outside_due_on = DayField(Text("To be answered by"), lies=Lies.AHEAD)
    files = EvidenceField(Text("Photos and papers"))


class LookForm(OversightForm):
    why = StringField(
        Text("What you need it for"),
        validators=[Required(Text("Say what you need the contact for.")), AtMost(200)],
    )


class CorrectForm(ToldForm, ReasonForm):
    """What was told, as it is right; and why it was wrong."""


class DeclineForm(ScreenedForm):
    screened = ("reason", "words")

    reason = TextAreaField(
        Text("Where the reporter was told to turn"),
        validators=[
            Required(Text("Say why it is not taken up and where the reporter can turn.")),
            AtMost(500),
        ],
    )
    words = TextAreaField(
        Text("What the reporter reads on the tracking page"),
        validators=[AtMost(500)],
        description=Text("Left empty, they read that it was not taken up and the hotline."),
    )


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


class MergeForm(OversightForm):
    into = StringField(
        Text("Number of the other order"),
        validators=[Required(Text("Enter the number of the order that takes this one in."))],
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

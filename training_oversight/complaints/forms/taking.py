"""What the desk types while somebody talks, and what it decides at once."""

from __future__ import annotations

from wtforms import (
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)

from training_oversight.complaints import pinned
from training_oversight.complaints.forms.fields import ReasonForm
from training_oversight.complaints.kinds import (
    TYPED_IN,
    Channel,
    ComplaintKind,
)
from training_oversight.complaints.pinned import Pinned
from training_oversight.files.fields import EvidenceField
from training_oversight.texts import Text
from training_oversight.vault.screened import ScreenedForm
from training_oversight.web.choices import each, listed, member
from training_oversight.web.forms import AtMost, OversightForm, Required
from training_oversight.web.typed_days import DayField, Lies


class ToldForm(Pinned, OversightForm):
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
    position = pinned.position()
    datum = pinned.datum()
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


class CorrectForm(ToldForm, ReasonForm):
    """What was told, as it is right; and why it was wrong."""


class LookForm(OversightForm):
    why = StringField(
        Text("What you need it for"),
        validators=[Required(Text("Say what you need the contact for.")), AtMost(200)],
    )


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


class MergeForm(OversightForm):
    into = StringField(
        Text("Number of the other order"),
        validators=[Required(Text("Enter the number of the order that takes this one in."))],
    )

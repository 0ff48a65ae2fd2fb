"""What a person types about a message."""

from __future__ import annotations

from wtforms import StringField, TextAreaField

from training_oversight.texts import Text
from training_oversight.web.forms import AtMost, OversightForm, Required
from training_oversight.web.typed_days import DayField, Lies


class ReleaseForm(OversightForm):
    """A step that needs nothing but a second look."""


class HandOverForm(OversightForm):
    handed_over_on = DayField(
        Text("Passed on on"),
        validators=[Required(Text("Enter the day on which it was passed on."))],
        lies=Lies.BEHIND,
    )
    how = StringField(
        Text("How it was passed on"),
        description=Text("By telephone, in writing, in person; who took it. No telephone numbers."),
        validators=[Required(Text("Say how it was passed on and to whom.")), AtMost(200)],
    )


class DropForm(OversightForm):
    reason = TextAreaField(
        Text("Reason"), validators=[Required(Text("Say why nobody is told.")), AtMost(300)]
    )

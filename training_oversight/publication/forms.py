"""What an officer types about a public list."""

from __future__ import annotations

from wtforms import TextAreaField

from training_oversight.texts import Text
from training_oversight.web.forms import AtMost, OversightForm, Required


class ConfirmForm(OversightForm):
    """A step that needs nothing but a second look."""


class NewBatchForm(OversightForm):
    correction = TextAreaField(
        Text("What this batch corrects"),
        description=Text(
            "Everybody can read this in the footer of the public pages. Name no persons."
        ),
        validators=[AtMost(300)],
    )


class RemoveForm(OversightForm):
    reason = TextAreaField(
        Text("Reason"), validators=[Required(Text("Say why the entry is left out.")), AtMost(200)]
    )


class ReturnForm(OversightForm):
    reason = TextAreaField(
        Text("What is to be changed"),
        validators=[Required(Text("Say what is to be changed.")), AtMost(500)],
    )


class WithdrawForm(OversightForm):
    reason = TextAreaField(
        Text("Reason"),
        description=Text("Everybody can read this on the public pages. Name no persons."),
        validators=[Required(Text("Say why the batch is withdrawn.")), AtMost(300)],
    )

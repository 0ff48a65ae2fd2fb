"""What was done about a licence that comes to its end."""

from __future__ import annotations

from typing import Any

from wtforms import Field, RadioField, TextAreaField
from wtforms.validators import ValidationError

from training_oversight.registry.service import WarningAnswer
from training_oversight.texts import Text
from training_oversight.web.choices import each, member
from training_oversight.web.forms import AtMost, OversightForm, Required

LONGEST_NOTE = 500


class WarningForm(OversightForm):
    how = RadioField(
        Text("What was done"),
        coerce=member(WarningAnswer),
        choices=each(WarningAnswer),
        validators=[Required(Text("Choose what was done."))],
    )
    note = TextAreaField(Text("Note"), validators=[AtMost(LONGEST_NOTE)])

    def validate_note(self, field: Field) -> Any:
        if self.how.data is WarningAnswer.OTHERWISE and not field.data:
            raise ValidationError(Text("Note what was done."))

"""Sending an old ledger to be looked through."""

from __future__ import annotations

from wtforms import FileField, StringField

from training_oversight.intake.checking.service import MOST_ROWS
from training_oversight.intake.forms import LONGEST_SENDER
from training_oversight.texts import Text
from training_oversight.web.forms import AtMost, OversightForm, Required


class CheckForm(OversightForm):
    list = FileField(
        Text("Old ledger"),
        description=Text(
            "A list of institutions or of problems as it is (.xlsx, .xls, .ods or .csv), at most "
            "%(rows)s rows. Nothing of it goes into the register.",
            rows=MOST_ROWS,
        ),
        validators=[Required(Text("Choose the file with the list."))],
    )
    sender = StringField(
        Text("Who sent the list"),
        description=Text("How the columns are read is remembered under this name."),
        validators=[AtMost(LONGEST_SENDER)],
    )


class ForgetForm(OversightForm):
    """Deleting the file of a check: its version and one press."""

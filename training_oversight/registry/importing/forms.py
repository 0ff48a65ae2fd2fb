"""Sending a list, and saying yes to it."""

from __future__ import annotations

from wtforms import FileField, SelectField

from training_oversight.spreadsheets.limits import MAX_BYTES, MAX_ROWS, MEGABYTE
from training_oversight.texts import Text
from training_oversight.web.forms import OversightForm, Required


class UploadForm(OversightForm):
    list = FileField(
        Text("List"),
        description=Text(
            ".xlsx or .csv, at most %(rows)s rows and %(size)s MB. Only the name of the "
            "institution is required; titles above the header and columns in any order are fine.",
            rows=MAX_ROWS,
            size=MAX_BYTES // MEGABYTE,
        ),
        validators=[Required(Text("Choose the file with the list."))],
    )
    division_id = SelectField(
        Text("Where rows without a township lie"),
        coerce=int,
        validators=[Required(Text("Choose the county or a township."))],
    )


class DecisionForm(OversightForm):
    """Writing or discarding a list that was looked at: the list's version and one press."""

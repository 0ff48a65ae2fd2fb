"""Sending a list, saying how it is read, and saying yes to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import FileField, HiddenField, SelectField, SelectMultipleField, StringField

from training_oversight.registry.importing.columns import COLUMNS
from training_oversight.registry.importing.guessing import Guess
from training_oversight.registry.importing.reading import MOST_BYTES, MOST_ROWS
from training_oversight.spreadsheets.limits import MEGABYTE
from training_oversight.texts import Text
from training_oversight.web.asking import whole
from training_oversight.web.forms import AtMost, OversightForm, Required, options

LONGEST_SENDER = 60
NOT_READ = Text("Not read")


class UploadForm(OversightForm):
    list = FileField(
        Text("List"),
        description=Text(
            ".xlsx, .xls, .ods or .csv, at most %(rows)s rows and %(size)s MB. Titles above the "
            "header, sums below it and columns in any order are fine.",
            rows=f"{MOST_ROWS:,}",
            size=MOST_BYTES // MEGABYTE,
        ),
        validators=[Required(Text("Choose the file with the list."))],
    )
    sender = StringField(
        Text("Who sent the list"),
        description=Text("How the columns are read is remembered under this name."),
        validators=[AtMost(LONGEST_SENDER)],
    )
    division_id = SelectField(
        Text("Where rows without a township lie"),
        coerce=int,
        validators=[Required(Text("Choose the county or a township."))],
    )


class ColumnsForm(OversightForm):
    """Which field each column is; made for a table by ``columns_form``."""

    sheet = HiddenField()
    header = HiddenField()
    # Rows that the reader would leave out, to be read all the same.
    taken = SelectMultipleField(
        Text("Rows to read all the same"), coerce=whole, validate_choice=False, default=()
    )


def columns_form(guesses: Sequence[Guess], **given: Any) -> ColumnsForm:
    """The form for these columns, filled in with what they were taken for."""
    fields = {
        f"column-{one.place}": SelectField(
            Text("What column %(letter)s holds", letter=one.letter),
            default=one.field,
            choices=options([("", NOT_READ), *((each.field, each.label) for each in COLUMNS)]),
        )
        for one in guesses
    }
    made = type("ColumnsOfAList", (ColumnsForm,), fields)
    form: ColumnsForm = made(**given)
    return form


class DecisionForm(OversightForm):
    """Writing or discarding a list that was looked at: the list's version and one press."""


class RowForm(OversightForm):
    """What was said of one row, and what had been said when the page was opened."""

    choice = HiddenField()
    seen = HiddenField()


class RowsForm(OversightForm):
    """The same of all rows on a page."""

    rows = SelectMultipleField(Text("Rows"), coerce=whole, validate_choice=False, default=())

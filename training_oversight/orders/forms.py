"""Sending a list of orders, and saying how it is read."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import FileField, IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from training_oversight.orders.columns import COLUMNS
from training_oversight.spreadsheets import Table
from training_oversight.spreadsheets.limits import MAX_BYTES, MEGABYTE
from training_oversight.spreadsheets.tables import letter
from training_oversight.texts import Text
from training_oversight.web.forms import OversightForm, Required, options

# Longer lists are for the command.
MOST_ROWS = 5_000
COLUMN = "column-"
NOT_READ = Text("Not read")


class UploadForm(OversightForm):
    list = FileField(
        Text("List of the 12345 centre"),
        description=Text(
            ".xlsx, .xls, .ods or .csv as the centre exports it, at most %(rows)s rows and "
            "%(size)s MB.",
            rows=f"{MOST_ROWS:,}",
            size=MAX_BYTES // MEGABYTE,
        ),
        validators=[Required(Text("Choose the file with the orders."))],
    )


class PressForm(OversightForm):
    """Taking a list over, or discarding it: its version and one press."""


class ColumnsForm(OversightForm):
    """Which row names the columns, and what each holds; made for a table by ``columns_form``."""

    header_row = IntegerField(
        Text("Row that names the columns"),
        description=Text("Left empty, it is looked for."),
        validators=[Optional(), NumberRange(min=1, max=100)],
    )

    @property
    def said(self) -> dict[int, str]:
        """What was chosen for every column, by place."""
        return {
            int(one.name.removeprefix(COLUMN)): one.data or ""
            for one in self
            if one.name.startswith(COLUMN)
        }


def columns_form(table: Table | None, read: Mapping[int, str], **given: object) -> ColumnsForm:
    """The form for these columns, filled in with what they are read as."""
    named = enumerate(table.written) if table is not None else ()
    fields = {
        f"{COLUMN}{place}": SelectField(
            Text("What column %(letter)s holds", letter=letter(place)),
            default=read.get(place, ""),
            choices=options([("", NOT_READ), *((one.field, one.label) for one in COLUMNS)]),
        )
        for place, _name in named
    }
    made = type("ColumnsOfOrders", (ColumnsForm,), fields)
    form: ColumnsForm = made(**given)
    return form

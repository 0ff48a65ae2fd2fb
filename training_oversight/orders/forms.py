"""Sending a list of orders, and saying how it is read."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import FileField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import NumberRange, Optional

from training_oversight.complaints.kinds import RequestResult
from training_oversight.orders.columns import COLUMNS
from training_oversight.spreadsheets import Table
from training_oversight.spreadsheets.limits import MAX_BYTES, MEGABYTE
from training_oversight.spreadsheets.tables import letter
from training_oversight.texts import Text
from training_oversight.vault.screened import ScreenedForm
from training_oversight.web.choices import each, member
from training_oversight.web.forms import AtMost, OversightForm, Required, options
from training_oversight.web.typed_days import DayField, Lies

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


class ReturnForm(ScreenedForm):
    screened = ("ground",)

    ground = TextAreaField(
        Text("Ground for the centre"),
        description=Text("The centre and the department read it: nothing of who called."),
        validators=[Required(Text("Say why.")), AtMost(500)],
    )


class ExtensionForm(ReturnForm):
    wanted_on = DayField(
        Text("Until when"),
        validators=[Required(Text("Enter the day until which more time is wanted."))],
        lies=Lies.AHEAD,
    )


class CentreAnswerForm(ScreenedForm):
    screened = ("words",)

    result = RadioField(
        Text("What the centre said"),
        coerce=member(RequestResult),
        choices=each(RequestResult),
        validators=[Required(Text("Choose what the centre said."))],
    )
    decided_on = DayField(
        Text("Answered on"),
        validators=[Required(Text("Enter the day on which the centre answered."))],
        lies=Lies.BEHIND,
    )
    until = DayField(
        Text("More time until"),
        description=Text("Left empty, until the day that was asked for."),
        lies=Lies.AHEAD,
    )
    words = TextAreaField(Text("The centre's words"), validators=[AtMost(500)])

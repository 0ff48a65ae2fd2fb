"""What goes into the file: columns, layout, kind of file."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import RadioField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from training_oversight.exports.layouts import FileForm, Layout, offered
from training_oversight.texts import Text
from training_oversight.web.choices import each, listed, member
from training_oversight.web.forms import OversightForm

# The parts of an address that are this form's, and not the list's.
OWN = frozenset(
    {"layout", "fields", "form", "csrf_token", "version", "once", "opened", "at", "all"}
)


class ExportForm(OversightForm):
    layout = RadioField(
        Text("Columns"),
        choices=each(Layout),
        coerce=member(Layout),
        default=Layout.OWN,
    )
    fields = SelectMultipleField(
        Text("Which of the county's columns"),
        description=Text("The name and the state are always there. The choice is remembered."),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
    )
    form = RadioField(
        Text("File"),
        choices=each(FileForm),
        coerce=member(FileForm),
        default=FileForm.XLSX,
    )

    def __init__(
        self, *args: object, personal: bool, remembered: Iterable[str] | None, **more: object
    ) -> None:
        """``remembered``: the columns chosen last; nothing for all of them."""
        super().__init__(*args, **more)
        columns = offered(personal=personal)
        self.fields.choices = listed((one.field, one.label) for one in columns)
        # An address edited by hand named no column that may be chosen: take the usual ones.
        if not self.fields.data:
            kept = {one.field for one in columns} if remembered is None else set(remembered)
            self.fields.data = [one.field for one in columns if one.field in kept]
        self.layout.data = self.layout.data or Layout.OWN
        self.form.data = self.form.data or FileForm.XLSX

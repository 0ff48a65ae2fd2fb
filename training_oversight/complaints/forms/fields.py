"""What several forms of complaints begin with."""

from __future__ import annotations

from wtforms import (
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from training_oversight.texts import Text
from training_oversight.vault.screened import ScreenedForm
from training_oversight.web.forms import AtMost, OversightForm, Required

CHOOSE: tuple[object, object] = ("", Text("Choose"))


def _key(value: str | int | None) -> int | None:
    return int(value) if value else None


class Boxes(SelectMultipleField):
    """Several of a list, each with its own box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class KeyField(SelectField):
    """One record of a list; nothing is chosen beforehand."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, coerce=_key, **kwargs)


class PlainForm(OversightForm):
    """A step that needs nothing typed."""


class ReasonForm(ScreenedForm):
    screened = ("reason",)

    reason = TextAreaField(Text("Reason"), validators=[Required(Text("Say why.")), AtMost(500)])

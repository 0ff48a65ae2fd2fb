"""The one form of this area: a file that a phone exported."""

from __future__ import annotations

from wtforms import FileField

from training_oversight.texts import Text
from training_oversight.web.forms import OversightForm


class FromPhoneForm(OversightForm):
    file = FileField(Text("File that the phone exported"))

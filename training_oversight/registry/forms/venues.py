"""Further places where an institution teaches."""

from __future__ import annotations

from dataclasses import replace

from wtforms import TextAreaField

from training_oversight.registry.fields import BY_NAME, PLACES
from training_oversight.registry.forms import positions
from training_oversight.registry.forms.controls import DeclaredForm, asking
from training_oversight.registry.service import VenueValues
from training_oversight.texts import Text
from training_oversight.web.forms import AtMost, OversightForm, Required
from training_oversight.web.typed_days import DayField, Lies

LONGEST_REASON = 500


# A place without an address is none; of an institution it may not be known.
ADDRESS = replace(BY_NAME["address"], required=Text("Enter the address."))


@asking(*(ADDRESS if one.name == ADDRESS.name else one for one in PLACES), beside=positions.BESIDE)
class VenueForm(DeclaredForm):
    """A place where it teaches."""

    def fill(self, values: VenueValues) -> None:
        self.show(values)
        self.position.data = positions.shown(values)

    def values(self, present: VenueValues | None = None) -> VenueValues:
        return VenueValues(
            **self.typed(present), **positions.placed(self.position.data, self.datum.data, present)
        )


class EndVenueForm(OversightForm):
    ended_on = DayField(
        Text("Gone since"),
        validators=[Required(Text("Enter the day since when it is gone."))],
        lies=Lies.BEHIND,
    )
    reason = TextAreaField(
        Text("Reason"),
        validators=[Required(Text("Say why; it stays in the history.")), AtMost(LONGEST_REASON)],
    )

"""Further places where an institution teaches."""

from __future__ import annotations

from wtforms import Field, StringField, TextAreaField

from training_oversight.registry.forms import fields
from training_oversight.registry.service import VenueValues
from training_oversight.texts import Text
from training_oversight.web.forms import AtMost, DayField, OversightForm, Required

LONGEST_REASON = 500


class VenueForm(OversightForm):
    address = StringField(
        Text("Address of the venue"),
        validators=[Required(Text("Enter the address.")), AtMost(fields.LONGEST_TEXT)],
    )
    premises = fields.premises()
    area = fields.count(Text("Area in square metres"))
    tenure = fields.tenure()
    landlord = fields.text(Text("Owner or landlord"))
    lease_until = DayField(Text("Lease until"))
    position = fields.position()

    def fill(self, values: VenueValues) -> None:
        """Show the place as it is on record; of the landlord only that there is one."""
        for name in ("address", "premises", "area", "tenure", "lease_until"):
            self[name].data = getattr(values, name)
        self.position.data = fields.shown(values)

    def validate_position(self, field: Field) -> None:
        fields.check_position(field)

    def values(self, present: VenueValues | None = None) -> VenueValues:
        return VenueValues(
            address=self.address.data,
            premises=self.premises.data,
            area=self.area.data,
            tenure=self.tenure.data,
            landlord=fields.unseen(self.landlord.data, "landlord", present),
            lease_until=self.lease_until.data,
            **fields.placed(self.position.data, present),
        )


class EndVenueForm(OversightForm):
    ended_on = DayField(
        Text("Gone since"), validators=[Required(Text("Enter the day since when it is gone."))]
    )
    reason = TextAreaField(
        Text("Reason"),
        validators=[Required(Text("Say why; it stays in the history.")), AtMost(LONGEST_REASON)],
    )

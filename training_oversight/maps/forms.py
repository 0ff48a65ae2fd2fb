"""Where a venue is: typed, pasted from another map, or from the pin that a script moved."""

from __future__ import annotations

from wtforms import BooleanField, Field, HiddenField, SelectField, StringField
from wtforms.validators import ValidationError

from training_oversight import places
from training_oversight.errors import BadInput
from training_oversight.places import Datum, Position
from training_oversight.registry.models import PositionSource
from training_oversight.texts import Text
from training_oversight.web.forms import AtMost, OversightForm, Required

# What a script may say of how the position came about; everything else was typed.
BY_SCRIPT = {source.value: source for source in (PositionSource.PINNED, PositionSource.DEVICE)}
LONGEST_POSITION = 100
# In metres: a telephone that is less sure than this knows the town only.
COARSEST = 10_000


class PlaceForm(OversightForm):
    position = StringField(
        Text("Latitude, longitude"),
        description=Text("Latitude first, for instance 29.56, 106.55."),
        validators=[Required(Text("Enter the position.")), AtMost(LONGEST_POSITION)],
    )
    datum = SelectField(
        Text("Where the figures come from"),
        coerce=Datum,
        choices=Datum.choices,
        description=Text(
            "Figures copied from Amap or Baidu lie hundreds of metres off; they are converted."
        ),
    )
    how = HiddenField()
    accuracy = HiddenField()

    def validate_position(self, field: Field) -> None:
        try:
            self.place()
        except BadInput as error:
            raise ValidationError(error.text) from error

    def place(self) -> Position:
        """The position in WGS-84. Raises ``BadInput``."""
        given = places.parse(self.position.data or "")
        return places.to_wgs84(given.latitude, given.longitude, self.datum.data or Datum.WGS84)

    def says_again(self, present: Position | None) -> bool:
        """Nothing was moved or typed: what was measured there stays measured."""
        return self.source is PositionSource.TYPED and str(present) == str(self.place())

    @property
    def source(self) -> PositionSource:
        return BY_SCRIPT.get(self.how.data or "", PositionSource.TYPED)

    @property
    def metres(self) -> int | None:
        """How sure the device was; a person who types says nothing of it."""
        said = self.accuracy.data or ""
        if self.source is not PositionSource.DEVICE or not said.isascii() or not said.isdigit():
            return None
        return min(int(said[:9]), COARSEST)


class LocateForm(OversightForm):
    again = BooleanField(Text("Ask again for positions that were found by address before"))

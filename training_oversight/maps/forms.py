"""Where a venue is: typed, pasted from another map, or from the pin that a script moved."""

from __future__ import annotations

from wtforms import BooleanField, Field, HiddenField, StringField
from wtforms.validators import ValidationError

from training_oversight import places
from training_oversight.errors import BadInput
from training_oversight.places import Position
from training_oversight.places.datum import placed as converted
from training_oversight.registry.models import PositionSource
from training_oversight.texts import Text
from training_oversight.web import maps_of_figures
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
    datum = maps_of_figures.datum()
    how = HiddenField()
    accuracy = HiddenField()

    def validate_position(self, field: Field) -> None:
        try:
            self.place()
        except BadInput as error:
            raise ValidationError(error.text) from error

    def place(self) -> Position:
        """The position in WGS-84. Raises ``BadInput``."""
        return self._placed()[0]

    def _placed(self) -> tuple[Position, int | None]:
        return converted(places.parse(self.position.data or ""), self.datum.data)

    def says_again(self, present: Position | None) -> bool:
        """Nothing was moved or typed: what was measured there stays measured."""
        return self.source is PositionSource.TYPED and str(present) == str(self.place())

    @property
    def source(self) -> PositionSource:
        return BY_SCRIPT.get(self.how.data or "", PositionSource.TYPED)

    @property
    def metres(self) -> int | None:
        """How sure the device was, or how far apart the maps lie if nobody said which it is."""
        if self.source is PositionSource.TYPED:
            return self._placed()[1]
        said = self.accuracy.data or ""
        if self.source is not PositionSource.DEVICE or not said.isascii() or not said.isdigit():
            return None
        return min(int(said[:9]), COARSEST)


class LocateForm(OversightForm):
    again = BooleanField(Text("Ask again for positions that were found by address before"))

"""Where a described place lies: two figures from a map, typed or set by its pin. Nobody has to give
them."""

from __future__ import annotations

from dataclasses import dataclass

from wtforms import Field, SelectField, StringField
from wtforms.fields.core import UnboundField
from wtforms.validators import ValidationError

from training_oversight import places
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.map_settings import MapSettings
from training_oversight.database import current_session
from training_oversight.errors import BadInput
from training_oversight.places import Datum, Position
from training_oversight.places.datum import Degrees, to_wgs84
from training_oversight.texts import Text
from training_oversight.web import headers, maps_of_figures
from training_oversight.web.choices import CHOOSE, each, member, with_none
from training_oversight.web.forms import AtMost

LONGEST = 60
# A place is looked for two hundred metres around it: figures of an unknown map may lie further off.
WHICH_MAP = Text("Choose the map from which the figures come, or leave the figures out.")


def position() -> UnboundField:
    return StringField(
        Text("Latitude and longitude, as a map shows them"), validators=[AtMost(LONGEST)]
    )


def datum() -> UnboundField:
    """Nobody knows until somebody says so."""
    return SelectField(
        Text("Where the figures come from"),
        description=maps_of_figures.COPIED,
        coerce=member(Datum),
        choices=with_none(each(Datum), CHOOSE),
    )


def read(typed: str, datum: Datum | None) -> Position | None:
    """In WGS-84; nothing where nothing was typed. Raises ``BadInput``."""
    if not typed.strip():
        return None
    given = places.parse(typed)
    if datum is None:
        raise BadInput(WHICH_MAP, {"datum": WHICH_MAP})
    return to_wgs84(given.latitude, given.longitude, datum)


class Pinned:
    """A form with ``position`` and ``datum``."""

    position: StringField
    datum: SelectField

    def pinned(self) -> Position | None:
        """Raises ``BadInput``."""
        return read(self.position.data or "", self.datum.data)

    def validate_position(self, field: Field) -> None:
        try:
            read(field.data or "", Datum.WGS84)
        except BadInput as error:
            raise ValidationError(error.text) from error

    def validate_datum(self, field: Field) -> None:
        if (self.position.data or "").strip() and field.data is None:
            raise ValidationError(WHICH_MAP)


@dataclass(frozen=True)
class Ground:
    """What the map of a form is drawn on, and where its pin stands."""

    settings: MapSettings
    pin: Degrees | None


def ground(form: Pinned, authority_id: int) -> Ground:
    """Lets the answer show the pictures of the county's map."""
    settings = catalogue.map_settings(current_session(), authority_id=authority_id)
    if settings.tiles:
        headers.allow_images_from(settings.tiles.origins)
    try:
        here = form.pinned()
    except BadInput:
        here = None
    return Ground(settings, places.from_wgs84(here, settings.datum) if here else None)

"""Where a place lies, as it is typed: latitude and longitude in one control."""

from __future__ import annotations

from typing import Any

from wtforms import StringField
from wtforms.fields.core import UnboundField

from training_oversight import places
from training_oversight.places import Datum, Position
from training_oversight.places.datum import placed as converted
from training_oversight.registry.forms.controls import refused_by
from training_oversight.registry.models import PositionSource
from training_oversight.registry.service import InstitutionValues, VenueValues
from training_oversight.texts import Text
from training_oversight.web.forms import AtMost
from training_oversight.web.maps_of_figures import datum

LONGEST = 200
Placed = InstitutionValues | VenueValues


def position() -> UnboundField:
    return StringField(
        Text("Position of the venue"),
        description=Text("Latitude first, for instance 29.56, 106.55."),
        validators=[AtMost(LONGEST), refused_by(places.parse)],
    )


# They stand after the two fields that they say.
BESIDE = {"longitude": {"position": position, "datum": datum}}


def placed(typed: str | None, datum: Datum | None, present: Placed | None) -> dict[str, Any]:
    """The position; one that was measured stays measured until another is typed."""
    if not typed:
        return {}
    position = places.parse(typed)
    if present is not None and present.latitude is not None and present.longitude is not None:
        known = Position(present.latitude, present.longitude)
        if str(known) == str(position):
            return {
                "latitude": present.latitude,
                "longitude": present.longitude,
                "position_source": present.position_source,
                "position_accuracy": present.position_accuracy,
            }
    found, accuracy = converted(position, datum)
    return {
        "latitude": found.latitude,
        "longitude": found.longitude,
        "position_source": PositionSource.TYPED,
        "position_accuracy": accuracy,
    }


def shown(present: Placed) -> str:
    """The position as it is typed."""
    if present.latitude is None or present.longitude is None:
        return ""
    return str(Position(present.latitude, present.longitude))

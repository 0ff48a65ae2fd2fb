"""Where a place lies, as it is typed: latitude and longitude in one control."""

from __future__ import annotations

from typing import Any

from wtforms import StringField
from wtforms.fields.core import UnboundField

from training_oversight import places
from training_oversight.places import Position
from training_oversight.registry.forms.controls import refused_by
from training_oversight.registry.models import PositionSource
from training_oversight.registry.service import InstitutionValues, VenueValues
from training_oversight.texts import Text
from training_oversight.web.forms import AtMost

LONGEST = 200
Placed = InstitutionValues | VenueValues


def position() -> UnboundField:
    return StringField(
        Text("Position of the venue"),
        description=Text("Latitude first, for instance 29.56, 106.55."),
        validators=[AtMost(LONGEST), refused_by(places.parse)],
    )


# It stands after the two fields that it says.
BESIDE = {"longitude": {"position": position}}


def placed(typed: str | None, present: Placed | None) -> dict[str, Any]:
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
    return {
        "latitude": position.latitude,
        "longitude": position.longitude,
        "position_source": PositionSource.TYPED,
    }


def shown(present: Placed) -> str:
    """The position as it is typed."""
    if present.latitude is None or present.longitude is None:
        return ""
    return str(Position(present.latitude, present.longitude))

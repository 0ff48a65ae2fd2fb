"""The position that a row gives: both numbers together, in the country, as telephones measure."""

from __future__ import annotations

from training_oversight.intake.matching import ACCURACY, Judged
from training_oversight.places import Datum, Position
from training_oversight.places.datum import placed
from training_oversight.places.position import SAID, Fault, fault_of
from training_oversight.registry.columns import BY_FIELD
from training_oversight.texts import Text

BOTH = ("latitude", "longitude")
HALF_A_POSITION = Text("Latitude and longitude belong together; one is missing.")
EXCHANGED = Text("Latitude and longitude were exchanged; they are kept the right way round.")


def settle(row: Judged, datum: Datum | None) -> None:
    """Keep what is a place; an institution is not kept out by a position that is none."""
    given = [row.values[name] for name in BOTH if name in row.values]
    if len(given) < len(BOTH):
        if given and not row.reasons:
            row.reasons.append(HALF_A_POSITION)
        return
    north, east = given
    fault = fault_of(north, east)
    if fault is Fault.EXCHANGED:
        north, east = east, north
        row.warnings.append(EXCHANGED)
    elif fault is not None:
        row.warnings.append(
            Text(
                "%(column)s: %(reason)s It is left out.",
                column=BY_FIELD["latitude"].label,
                reason=SAID[fault],
            )
        )
        for name in BOTH:
            row.cleaned[name] = [str(row.values.pop(name)), ""]
        return
    place, accuracy = placed(Position(north, east), datum)
    for name, degrees in zip(BOTH, (place.latitude, place.longitude), strict=True):
        if degrees != row.values[name]:
            row.cleaned[name] = [str(row.values[name]), degrees]
        row.values[name] = degrees
    if accuracy is not None:
        row.values[ACCURACY] = accuracy

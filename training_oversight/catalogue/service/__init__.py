"""Verbs of the catalogue: its versions, the working calendar, the county's settings."""

from __future__ import annotations

from training_oversight.catalogue.service.calendar import (
    confirm_year,
    enter_local_day,
    enter_state_day,
    take_back_local_day,
    take_back_state_day,
)
from training_oversight.catalogue.service.settings import set_geocoder, set_outline, set_tiles
from training_oversight.catalogue.service.versions import ALWAYS, MODELS, SHIPPED, change, end, ship

__all__ = [
    "ALWAYS",
    "MODELS",
    "SHIPPED",
    "change",
    "confirm_year",
    "end",
    "enter_local_day",
    "enter_state_day",
    "set_geocoder",
    "set_outline",
    "set_tiles",
    "ship",
    "take_back_local_day",
    "take_back_state_day",
]

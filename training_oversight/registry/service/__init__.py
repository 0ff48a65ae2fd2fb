"""The verbs of the register; the only code that writes its tables."""

from training_oversight.registry.service.annual import FIRST_YEAR, Graded, check_year, grade_many
from training_oversight.registry.service.charge import assign_many, hand_over
from training_oversight.registry.service.closing import (
    announce_end,
    close,
    lift,
    order_stop,
    reopen,
    withdraw_end,
)
from training_oversight.registry.service.conversions import (
    ConversionValues,
    convert,
    looks_like_conversion,
    strike_off,
)
from training_oversight.registry.service.departments import follow_mapping
from training_oversight.registry.service.institutions import (
    assign_officer,
    create,
    edit,
)
from training_oversight.registry.service.licence_events import (
    possible_events,
    record_licence_event,
)
from training_oversight.registry.service.licences import (
    LicenceValues,
    add_licence,
    change_licence,
    check_licence,
    licence_values_of,
    needs_exception,
)
from training_oversight.registry.service.searching import fill_search, refresh_search
from training_oversight.registry.service.unlicensed import confirm_unlicensed, take_back_unlicensed
from training_oversight.registry.service.unmasking import (
    look_at_account,
    look_at_landlord,
    look_at_phone,
)
from training_oversight.registry.service.values import FormerName, InstitutionValues, values_of
from training_oversight.registry.service.venues import (
    VenueValues,
    add_venue,
    change_venue,
    end_venue,
    make_main,
    venue_values_of,
)
from training_oversight.registry.service.warnings import WarningAnswer, answer_warning, warn

__all__ = [
    "FIRST_YEAR",
    "ConversionValues",
    "FormerName",
    "Graded",
    "InstitutionValues",
    "LicenceValues",
    "VenueValues",
    "WarningAnswer",
    "add_licence",
    "add_venue",
    "announce_end",
    "answer_warning",
    "assign_many",
    "assign_officer",
    "change_licence",
    "change_venue",
    "check_licence",
    "check_year",
    "close",
    "confirm_unlicensed",
    "convert",
    "create",
    "edit",
    "end_venue",
    "fill_search",
    "follow_mapping",
    "grade_many",
    "hand_over",
    "licence_values_of",
    "lift",
    "look_at_account",
    "look_at_landlord",
    "look_at_phone",
    "looks_like_conversion",
    "make_main",
    "needs_exception",
    "order_stop",
    "possible_events",
    "record_licence_event",
    "refresh_search",
    "reopen",
    "strike_off",
    "take_back_unlicensed",
    "values_of",
    "venue_values_of",
    "warn",
    "withdraw_end",
]

"""The verbs of the register; the only code that writes its tables."""

from training_oversight.registry.service.closing import (
    announce_end,
    close,
    lift,
    order_stop,
    reopen,
)
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
from training_oversight.registry.service.looks import (
    look_at_account,
    look_at_landlord,
    look_at_phone,
)
from training_oversight.registry.service.placing import place_by_address, place_venue
from training_oversight.registry.service.searching import fill_search, refresh_search
from training_oversight.registry.service.values import FormerName, InstitutionValues, values_of

__all__ = [
    "FormerName",
    "InstitutionValues",
    "LicenceValues",
    "add_licence",
    "announce_end",
    "assign_officer",
    "change_licence",
    "check_licence",
    "close",
    "create",
    "edit",
    "fill_search",
    "licence_values_of",
    "lift",
    "look_at_account",
    "look_at_landlord",
    "look_at_phone",
    "needs_exception",
    "order_stop",
    "place_by_address",
    "place_venue",
    "possible_events",
    "record_licence_event",
    "refresh_search",
    "reopen",
    "values_of",
]

"""Reading the register, in the officer's scope."""

from training_oversight.registry.queries.industry import industry
from training_oversight.registry.queries.listing import (
    NOBODY,
    View,
    Wanted,
    count,
    in_charge,
    keys,
    listing,
    view_counts,
)
from training_oversight.registry.queries.records import (
    get,
    history,
    holder_of_uscc,
    licence_of,
    possible_duplicates,
    venue_of,
)
from training_oversight.registry.queries.standing import (
    EXPIRING_WITHIN,
    STANDING,
    SUSPENSIONS,
    is_licensed,
    is_registered,
    licence_state,
    licence_state_on,
    licence_state_on_sql,
    licence_state_sql,
    licensed_sql,
    training_licence,
)

__all__ = [
    "EXPIRING_WITHIN",
    "NOBODY",
    "STANDING",
    "SUSPENSIONS",
    "View",
    "Wanted",
    "count",
    "get",
    "history",
    "holder_of_uscc",
    "in_charge",
    "industry",
    "is_licensed",
    "is_registered",
    "keys",
    "licence_of",
    "licence_state",
    "licence_state_on",
    "licence_state_on_sql",
    "licence_state_sql",
    "licensed_sql",
    "listing",
    "possible_duplicates",
    "training_licence",
    "venue_of",
    "view_counts",
]

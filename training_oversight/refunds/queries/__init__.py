"""Reading refunds and closing events, in the officer's scope."""

from training_oversight.refunds.queries.ended import ended_before, ended_on
from training_oversight.refunds.queries.events import (
    Totals,
    announcements,
    balances,
    event_for,
    event_named,
    events_of,
    listed_events,
    open_event_of,
    totals,
)
from training_oversight.refunds.queries.refunds import (
    Families,
    all_of_event,
    by_state,
    families_of,
    first_of_family,
    found,
    listed,
    of_complaint,
    of_family,
    of_finding,
    of_institution,
    refund_for,
)

__all__ = [
    "Families",
    "Totals",
    "all_of_event",
    "announcements",
    "balances",
    "by_state",
    "ended_before",
    "ended_on",
    "event_for",
    "event_named",
    "events_of",
    "families_of",
    "first_of_family",
    "found",
    "listed",
    "listed_events",
    "of_complaint",
    "of_family",
    "of_finding",
    "of_institution",
    "open_event_of",
    "refund_for",
    "totals",
]

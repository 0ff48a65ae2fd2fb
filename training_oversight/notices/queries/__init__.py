"""Reading notices, in the officer's scope."""

from __future__ import annotations

from training_oversight.notices.queries.earlier import (
    earlier_served,
    ordered_before,
    repeated_items,
)
from training_oversight.notices.queries.first_papers import (
    NextPaper,
    next_of_items,
    served_in_vain,
    to_draft,
)
from training_oversight.notices.queries.notices import (
    PENDING,
    announced_until,
    announcements,
    approved_at,
    count_of_institution,
    fulfilled,
    get,
    listed,
    of_institution,
    of_item,
    open_items,
    pending_announcement,
    pending_on,
    waiting_for,
    without_notice,
)

__all__ = [
    "PENDING",
    "NextPaper",
    "announced_until",
    "announcements",
    "approved_at",
    "count_of_institution",
    "earlier_served",
    "fulfilled",
    "get",
    "listed",
    "next_of_items",
    "of_institution",
    "of_item",
    "open_items",
    "ordered_before",
    "pending_announcement",
    "pending_on",
    "repeated_items",
    "served_in_vain",
    "to_draft",
    "waiting_for",
    "without_notice",
]

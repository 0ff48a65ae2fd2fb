"""Reading the ledger, always within the officer's scope."""

from __future__ import annotations

from training_oversight.ledger.queries.lists import (
    Total,
    View,
    Wanted,
    counts,
    due_soon,
    for_export,
    for_list,
    live,
    selected,
    total,
    view_clause,
    without_step,
)
from training_oversight.ledger.queries.records import (
    Beside,
    beside,
    get,
    institution,
    names,
    of_institution,
    of_visit,
    open_for_reinspection,
    overdue,
    pending_findings,
    planned_reinspection,
    visits_for,
)

__all__ = [
    "Beside",
    "Total",
    "View",
    "Wanted",
    "beside",
    "counts",
    "due_soon",
    "for_export",
    "for_list",
    "get",
    "institution",
    "live",
    "names",
    "of_institution",
    "of_visit",
    "open_for_reinspection",
    "overdue",
    "pending_findings",
    "planned_reinspection",
    "selected",
    "total",
    "view_clause",
    "visits_for",
    "without_step",
]

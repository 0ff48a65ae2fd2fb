"""Pages of this area."""

from __future__ import annotations

from training_oversight.inspections.views import (
    approving,
    entering,
    field,
    findings,
    lists,
    problems,
    record,
)
from training_oversight.inspections.views.blueprint import bp

__all__ = ["approving", "bp", "entering", "field", "findings", "lists", "problems", "record"]

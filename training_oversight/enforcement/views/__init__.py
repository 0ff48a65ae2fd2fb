"""Pages of this area."""

from __future__ import annotations

from training_oversight.enforcement.views import answering, cases, choosing, deciding, lists, tasks
from training_oversight.enforcement.views.blueprint import bp

__all__ = ["answering", "bp", "cases", "choosing", "deciding", "lists", "tasks"]

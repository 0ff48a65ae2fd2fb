"""Pages of this area."""

from __future__ import annotations

from training_oversight.enforcement.views import answering, cases, deciding, lists, tasks
from training_oversight.enforcement.views.blueprint import bp

__all__ = ["answering", "bp", "cases", "deciding", "lists", "tasks"]

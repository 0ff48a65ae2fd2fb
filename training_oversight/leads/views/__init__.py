"""Pages of this area."""

from __future__ import annotations

from training_oversight.leads.views import deciding, entering, lists, record, visited
from training_oversight.leads.views.blueprint import bp

__all__ = ["bp", "deciding", "entering", "lists", "record", "visited"]

"""Pages of this area."""

from __future__ import annotations

from training_oversight.rewards.views import claiming, deciding, proposing, record, setting
from training_oversight.rewards.views.blueprint import bp

__all__ = ["bp", "claiming", "deciding", "proposing", "record", "setting"]

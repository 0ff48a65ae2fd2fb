"""What happened at each institution: one generator a kind of case."""

from collections.abc import Callable

from training_oversight.demo.stories import (
    campaigns,
    checks,
    complaints,
    joint,
    notices,
    publishing,
)
from training_oversight.demo.timeline import Story
from training_oversight.demo.world import World
from training_oversight.registry.models import Institution

Play = Callable[[World, Institution], Story]

__all__ = ["Play", "campaigns", "checks", "complaints", "joint", "notices", "publishing"]

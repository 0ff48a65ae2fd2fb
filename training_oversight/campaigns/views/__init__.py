"""Pages of campaigns."""

from training_oversight.campaigns.views import (
    adding,
    chosen,
    editing,
    lists,
    planning,
    record,
    reports,
    steps,
    targets,
)
from training_oversight.campaigns.views.blueprint import bp

__all__ = [
    "adding",
    "bp",
    "chosen",
    "editing",
    "lists",
    "planning",
    "record",
    "reports",
    "steps",
    "targets",
]

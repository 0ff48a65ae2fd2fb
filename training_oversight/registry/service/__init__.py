"""The verbs of the register; the only code that writes its tables."""

from training_oversight.registry.service.institutions import (
    assign_officer,
    create,
    edit,
    look_at_phone,
    refresh_search,
)
from training_oversight.registry.service.values import InstitutionValues, values_of

__all__ = [
    "InstitutionValues",
    "assign_officer",
    "create",
    "edit",
    "look_at_phone",
    "refresh_search",
    "values_of",
]

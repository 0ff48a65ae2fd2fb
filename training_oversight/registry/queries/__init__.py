"""Reading the register, in the officer's scope."""

from training_oversight.registry.queries.records import (
    get,
    history,
    holder_of_uscc,
    licence_of,
    of_same_name,
)

__all__ = ["get", "history", "holder_of_uscc", "licence_of", "of_same_name"]

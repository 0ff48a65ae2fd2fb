"""What phones send, taken into the visits. The only code that writes it."""

from training_oversight.field.service.photos import forget, receive, store
from training_oversight.field.service.taking import Conflict, Taken, take

__all__ = ["Conflict", "Taken", "forget", "receive", "store", "take"]

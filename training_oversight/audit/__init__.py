"""History: append-only, sealed by a chain of hashes per record."""

from training_oversight.audit.kinds import Actor, EventType
from training_oversight.audit.models import Event
from training_oversight.audit.service import created, created_all, editing, record

__all__ = ["Actor", "Event", "EventType", "created", "created_all", "editing", "record"]

"""Pages: sending a list, looking at what would become of it, writing it; and the export."""

from training_oversight.registry.importing.views import (
    confirming,
    exporting,
    sending,
    showing,
    undoing,
)
from training_oversight.registry.importing.views.blueprint import bp

__all__ = ["bp", "confirming", "exporting", "sending", "showing", "undoing"]

"""How many days are left until a last day, as every row says it."""

from __future__ import annotations

from training_oversight.texts import Counted, Text
from training_oversight.web.components import Shape, Status, Tone


def days_left(days: int) -> Status:
    """Of a day that is not over: the last one stands alone, in no number of days."""
    if days == 0:
        return Status(Shape.SOON, Text("Due today"), Tone.AMBER)
    words = Counted("%(days)s day left", "%(days)s days left", days=days)
    return Status(Shape.SOON, words, Tone.AMBER) if days == 1 else Status(None, words, Tone.INK)

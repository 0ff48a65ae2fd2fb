"""What a page is asked for in its address, where anybody may type anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import request

from training_oversight.errors import BadInput
from training_oversight.texts import Text
from training_oversight.web.typed_days import Lies, typed_day


@dataclass(frozen=True)
class AskedDay:
    """A day of the address: as typed, as read, and what is wrong with it.

    The page says what is wrong and shows itself as if no day were asked for.
    """

    typed: str
    day: date | None = None
    problem: Text | None = None

    @property
    def shown(self) -> str:
        """What stands in the box again."""
        return self.day.isoformat() if self.day else self.typed


def asked_day(name: str) -> AskedDay:
    typed = request.args.get(name, "").strip()
    try:
        return AskedDay(typed, typed_day(typed, Lies.BEHIND) if typed else None)
    except BadInput as error:
        return AskedDay(typed, problem=error.text)

"""Days that hardly stand on any paper: kept as they were typed, and doubted aloud."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import Field

from training_oversight.registry.fields import EARLIEST, LATEST
from training_oversight.texts import Text
from training_oversight.web.typed_days import DayField


def unlikely_days(fields: Iterable[Field]) -> list[Text]:
    """What a list that is imported would be warned of, too."""
    return [
        Text(
            "%(what)s: %(day)s is saved as typed, but lies outside the years %(first)s to "
            "%(last)s. Compare it with the paper.",
            what=one.label.text,
            day=one.data,
            first=EARLIEST.year,
            last=LATEST.year,
        )
        for one in fields
        if isinstance(one, DayField) and one.data and not EARLIEST <= one.data <= LATEST
    ]

"""Whether a number is a day: its format says so."""

from __future__ import annotations

import re
from datetime import time, timedelta
from functools import lru_cache

from training_oversight.spreadsheets.cells import (
    EPOCH,
    EPOCH_1904,
    Value,
    from_cell,
    from_day,
    since,
)

# The formats that every program knows by number; 27 to 36 and 50 to 58 are those of Chinese Excel.
DAYS = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58})
TIMES = frozenset({*range(18, 22), *range(32, 36), *range(45, 48), 55, 56})
# What a format shows as it is: "年", \年, _), *-, [$-804], [红色]; but not [h].
LITERAL = re.compile(r'"[^"]*"|[\\_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
# Before 1 March 1900 Excel is a day behind, because it takes that year for a leap year.
FIRST_SOUND = 61
SECONDS = 86_400


@lru_cache(maxsize=512)
def is_day(code: str) -> bool:
    plain = _plain(code)
    return "y" in plain or "d" in plain or ("m" in plain and not is_time(code))


@lru_cache(maxsize=512)
def is_time(code: str) -> bool:
    plain = _plain(code)
    return ("h" in plain or "s" in plain) and not ("y" in plain or "d" in plain)


def day(number: float, *, since_1904: bool) -> Value:
    """A number under the format of a day; the number itself where there is no such day."""
    if not since_1904 and 0 < number < FIRST_SOUND - 1:
        number += 1
    epoch = EPOCH_1904 if since_1904 else EPOCH
    try:
        return from_day(since(epoch, number), epoch)
    except (OverflowError, ValueError):
        return from_cell(number)


def clock_time(number: float) -> Value:
    try:
        if 0 <= number < 1:
            seconds = min(round(number * SECONDS), SECONDS - 1)
            return from_cell(time(seconds // 3600, seconds // 60 % 60, seconds % 60))
        return from_cell(timedelta(seconds=round(number * SECONDS)))
    except (OverflowError, ValueError):
        return from_cell(number)


def _plain(code: str) -> str:
    return LITERAL.sub("", code.split(";", maxsplit=1)[0]).lower().replace("general", "")

"""Digits that a number has only by its format: 09901230001 under 00000000000."""

from __future__ import annotations

import re
from functools import lru_cache

from training_oversight.spreadsheets.cells import Value

# Zeros, and what stands between them as it is: 0000-0000000, 00"."00, 000\ 000.
PATTERN = re.compile(r'(?:0|[- ]|\\[- ]|"[^"]*")+')
PIECE = re.compile(r'0|[- ]|\\(?P<sign>[- ])|"(?P<text>[^"]*)"')
COLOUR = re.compile(r"\[[^\]]*\]")
FEWEST = 2


@lru_cache(maxsize=512)
def pattern_of(code: str) -> str:
    """The format for positive numbers, if it is made of zeros alone; else nothing."""
    first = COLOUR.sub("", code.split(";", maxsplit=1)[0])
    return first if PATTERN.fullmatch(first) and _zeros(first) >= FEWEST else ""


def shown(value: Value, pattern: str) -> Value:
    """A whole number as the sheet shows it."""
    if not (isinstance(value, str) and value.isdigit()):
        return value
    zeros = _zeros(pattern)
    digits = value.zfill(zeros)
    # The first zero stands for everything that is longer than the format.
    ends = iter(range(len(digits) - zeros + 1, len(digits) + 1))
    written, done = "", 0
    for piece in PIECE.finditer(pattern):
        if piece[0] == "0":
            end = next(ends)
            written, done = written + digits[done:end], end
        else:
            written += piece["text"] or piece["sign"] or piece[0].strip('"')
    return written


def _zeros(pattern: str) -> int:
    return sum(piece[0] == "0" for piece in PIECE.finditer(pattern))

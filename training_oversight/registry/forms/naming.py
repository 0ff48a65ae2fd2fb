"""Names typed in one line, and shown back in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from training_oversight.errors import BadInput
from training_oversight.registry.service import FormerName
from training_oversight.spreadsheets import parse_date

FIELDS = ("aliases", "former_names")
SEPARATORS = re.compile(r"[;；,，、\n]+")
DATED = re.compile(r"(?P<name>.+?)\s*[(（](?P<until>[^()（）]+)[)）]")


def split(typed: str | None) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, SEPARATORS.split(typed or ""))))


def joined(names: Iterable[str]) -> str:
    return "、".join(names)


def former_split(typed: str | None) -> tuple[FormerName, ...]:
    """Former names, each with its last day in brackets if that is known."""
    return tuple(map(_former, split(typed)))


def former_joined(names: Iterable[FormerName]) -> str:
    return joined(f"{one.name}（{one.until}）" if one.until else one.name for one in names)


def _former(typed: str) -> FormerName:
    found = DATED.fullmatch(typed)
    if found is None:
        return FormerName(typed)
    try:
        return FormerName(found["name"], parse_date(found["until"]))
    except BadInput:
        # Brackets are part of many names.
        return FormerName(typed)

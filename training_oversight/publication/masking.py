"""What must not become public in the name of a place: people, telephones, the door of a home."""

from __future__ import annotations

import re
from collections.abc import Iterable

SOMEBODY = "某"
# Telephone, identity card and account numbers; names hold no other long figures.
LONG_NUMBER = re.compile(r"\d(?:[\s-]?\d){6,}[\dXx]?")
# Stairs, floor and door of a dwelling: 2单元401室, 3-2-401. The building may stay.
STAIRS = r"(?:\d+\s*单元\s*)?(?:\d+\s*(?:楼|层)\s*)?"
DOOR = re.compile(rf"{STAIRS}\d+\s*(?:室|号|户|房)|\d+(?:[-－—]\d+)+|\d+\s*单元")
# What can hardly be anything but a home, when nobody has said what the premises are.
LIKELY_DOOR = re.compile(rf"{STAIRS}\d+\s*(?:室|户)|\d+(?:[-－—]\d+)+|\d+\s*单元")
SHORTEST_PERSON = 2


def masked_name(name: str, *, people: Iterable[str | None], home: bool | None) -> str:
    """The name of a place without persons' names, long numbers and, of a home, its door.

    ``home`` is none where the premises are not known.
    """
    for person in people:
        if person and len(person.strip()) >= SHORTEST_PERSON:
            name = name.replace(person.strip(), masked_person(person.strip()))
    name = LONG_NUMBER.sub(SOMEBODY, name)
    if home is None:
        return LIKELY_DOOR.sub(SOMEBODY, name)
    return DOOR.sub(SOMEBODY, name) if home else name


def masked_person(person: str) -> str:
    """陈立群 -> 陈某某."""
    return person[0] + SOMEBODY * (len(person) - 1)

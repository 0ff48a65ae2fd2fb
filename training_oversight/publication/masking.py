"""What must not become public of a place: people, telephones, the door of a home."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

SOMEBODY = "某"
# Telephone, identity card and account numbers; names hold no other long figures.
LONG_NUMBER = re.compile(r"\d(?:[\s-]?\d){6,}[\dXx]?")
# Stairs, floor and door of a dwelling: 2单元401室, 3-2-401. The building may stay.
STAIRS = r"(?:\d+\s*单元\s*)?(?:\d+\s*(?:楼|层)\s*)?"
DOOR = re.compile(rf"{STAIRS}\d+\s*(?:室|号|户|房)|\d+(?:[-－—]\d+)+|\d+\s*单元")
# What can hardly be anything but a home, when nobody has said what the premises are.
LIKELY_DOOR = re.compile(rf"{STAIRS}\d+\s*(?:室|户)|\d+(?:[-－—]\d+)+|\d+\s*单元")
# Where the street ends and the house begins.
HOUSE = re.compile(r"\d|[〇一二三四五六七八九十]+(?:号|幢|栋|楼|单元|室)")
SHORTEST_PERSON = 2


def masked_words(words: str, *, people: Iterable[str | None], home: bool | None) -> str:
    """The name or the place of something without persons' names, long numbers and, of a home,
    its door.

    ``home`` is none where the premises are not known.
    """
    for person in people:
        if person and len(person.strip()) >= SHORTEST_PERSON:
            words = words.replace(person.strip(), masked_person(person.strip()))
    words = LONG_NUMBER.sub(SOMEBODY, words)
    if home is None:
        return LIKELY_DOOR.sub(SOMEBODY, words)
    return DOOR.sub(SOMEBODY, words) if home else words


def masked_person(person: str) -> str:
    """陈立群 -> 陈某某."""
    return person[0] + SOMEBODY * (len(person) - 1)


def street(address: str) -> str:
    """An address as far as the street or the estate: 文澜路12号二楼 -> 文澜路."""
    return HOUSE.split(unicodedata.normalize("NFKC", address), maxsplit=1)[0].strip(" ,(;:")

"""How institutions are recognised, sorted and found by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pypinyin import Style, lazy_pinyin

BRACKETS = re.compile(r"[()\[\]{}<>〔〕【】〖〗《》〈〉「」『』]")
SPACES = re.compile(r"[\s\u200b\ufeff]+")
NOT_SORTED = re.compile(r"[^a-z0-9]+")
# A character that has no pinyin sorts after all that have one, in the order of Unicode.
NO_PINYIN = "zz{:05x}"


def match_name(name: str) -> str:
    """What is left of a name when two lists spell it differently: "the same name" means this."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return SPACES.sub("", BRACKETS.sub("", folded))


def sort_key(name: str) -> str:
    """Pinyin in ASCII letters and digits only, which every database sorts alike."""
    syllables = lazy_pinyin(match_name(name), errors=_without_pinyin)
    return NOT_SORTED.sub("", "".join(syllables).lower())


def search_text(names: Iterable[str], others: Iterable[str | None]) -> str:
    """Everything that the search box looks in: names with pinyin and initials, then the rest."""
    parts: list[str] = []
    for name in names:
        spelt = match_name(name)
        initials = "".join(lazy_pinyin(spelt, style=Style.FIRST_LETTER))
        parts += [name, spelt, "".join(lazy_pinyin(spelt)), initials]
    parts += [other for other in others if other]
    return normalised("\n".join(dict.fromkeys(parts)))


def normalised(text: str) -> str:
    """One spelling for what is searched and what it is searched in."""
    return unicodedata.normalize("NFKC", text).upper().strip()


def _without_pinyin(characters: str) -> str:
    """Letters and digits as they are; a rare character as a code that sorts last."""
    return "".join(one if one.isascii() else NO_PINYIN.format(ord(one)) for one in characters)

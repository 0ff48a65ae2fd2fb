"""What somebody typed into a search box, and what an index of grams can say about it.

A word is found where it is a part of the search text: that is the whole meaning of
searching, on every database. The grams only narrow down where to look for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from training_oversight.names import naming

LONGEST = 100
MOST_WORDS = 10
# What stands around a licence number, and between the digits of any number.
WRAPPING = re.compile(r"^教民[证字第]*|号$")
BETWEEN = re.compile(r"[-\u2010-\u2015\u2212 ().·]+")
ABROAD = re.compile(r"^(?:\+ ?|00)86(?=[- ]?1[0-9])")
# ü is typed as ü, v, yu and, before e, u: lüe, lve, lyue, lue. The index has v.
UMLAUT = re.compile(r"([LN])(?:Ü|YU|U:)")
LONG_UMLAUT = re.compile(r"([LN])(?:Ü|YU|U:|U|V)E")
NUMBER = re.compile(r"[0-9A-Z]{5,}")
FIVE_DIGITS = re.compile(r"(?:[A-Z]*[0-9]){5}")


class Part(StrEnum):
    """Where a gram stands. The value marks its tokens in the index."""

    NAMES = "n"
    REST = "r"
    PHONE = "p"
    DIVISION = "d"


@dataclass(frozen=True)
class Typed:
    """Ways to understand what was typed; in each of them every word must be found."""

    ways: tuple[tuple[str, ...], ...] = ()
    # Whether more was typed than is looked for.
    shortened: bool = False

    @classmethod
    def read(cls, text: str) -> Typed:
        """``138-0013 8000`` is two words, and one number."""
        plain = naming.normalised(text[:LONGEST])
        typed = tuple(dict.fromkeys(plain.split()))
        words = typed[:MOST_WORDS]
        number = _as_number(plain)
        ways = [words, *_spelt_otherwise(words), *([(number,)] if number else [])]
        shortened = len(text.strip()) > LONGEST or len(typed) > MOST_WORDS
        return cls(tuple(dict.fromkeys(way for way in ways if way)), shortened)

    def __bool__(self) -> bool:
        return bool(self.ways)

    @property
    def words(self) -> tuple[str, ...]:
        """As they were typed."""
        return self.ways[0] if self.ways else ()


def _spelt_otherwise(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Without the marks that a name may or may not have, and with ü as the index spells it."""
    bare = tuple(filter(None, map(_bare, words)))
    yield bare
    yield tuple(UMLAUT.sub(r"\1V", LONG_UMLAUT.sub(r"\1VE", word)) for word in bare)


def _bare(word: str) -> str:
    """Letters alone are found so anywhere; a name in characters is meant."""
    bare = naming.match_name(word).upper()
    return bare if naming.MARKS.search(word) and not bare.isascii() else word


def _as_number(plain: str) -> str | None:
    """The digits and letters of a code, licence or telephone number however it is set."""
    bare = BETWEEN.sub("", WRAPPING.sub("", ABROAD.sub("", plain)))
    return bare if NUMBER.fullmatch(bare) and FIVE_DIGITS.match(bare) else None


@dataclass(frozen=True)
class Gram:
    """A few characters of a word; ``begins`` when the index holds longer ones only."""

    characters: str
    begins: bool = False

    def token(self, part: Part) -> str:
        """Letters and digits only, alike on both databases: the bytes in hexadecimal."""
        return part + self.characters.encode().hex()


def grams(word: str) -> list[Gram]:
    """The fewest grams that every text with this word in it must have.

    The index holds each single character, each pair that begins with a character beyond
    ASCII, and each three that begin with one of ASCII: letters and digits are few, so
    pairs of them would narrow down nothing.
    """
    if len(word) == 1:
        return [Gram(word)]
    found, covered = [], 0
    for place, character in enumerate(word):
        length = 3 if character.isascii() else 2
        piece = word[place : place + length]
        if place + len(piece) > covered:
            covered = place + len(piece)
            found.append(Gram(piece, begins=len(piece) < length))
    return found


class Language(StrEnum):
    """How an index wants to be asked: the words for and, or, and "begins with"."""

    FTS5 = "fts5"
    TSQUERY = "tsquery"


_SPELT = {Language.FTS5: (" AND ", " OR ", "{}", "{}*"),
          Language.TSQUERY: (" & ", " | ", "'{}'", "'{}':*")}  # fmt: skip


@dataclass(frozen=True)
class Asking:
    """One question to the index, in its language."""

    language: Language

    def word(self, word: str, part: Part) -> str:
        both, _, whole, begins = _SPELT[self.language]
        pieces = [
            (begins if gram.begins else whole).format(gram.token(part)) for gram in grams(word)
        ]
        return f"({both.join(pieces)})"

    def all_of(self, questions: Iterator[str] | list[str]) -> str:
        return f"({_SPELT[self.language][0].join(questions)})"

    def any_of(self, questions: Iterator[str] | list[str]) -> str:
        return f"({_SPELT[self.language][1].join(questions)})"

    def within(self, path: str) -> str:
        return _SPELT[self.language][2].format(Gram(path).token(Part.DIVISION))

"""Sentences that pages, commands and mail render in a language.

Domain code makes ``Text("Due on %(day)s.", day=due_on)``; only what shows it to a
person turns it into a string, in the language of that person. Message ids are
English; Simplified Chinese is the default through a complete catalogue.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Self

from babel.support import NullTranslations, Translations

from training_oversight import clock

CATALOGUES = Path(__file__).parent / "translations"


class Language(StrEnum):
    CHINESE = "zh_CN"
    ENGLISH = "en"


DEFAULT = Language.CHINESE
_current: ContextVar[Language] = ContextVar("language", default=DEFAULT)


@functools.cache
def catalogue(language: Language) -> NullTranslations:
    """The translations of a language; English is its own message ids."""
    if language is Language.ENGLISH:
        return NullTranslations()
    return Translations.load(CATALOGUES, [language])


def language() -> Language:
    """The language in which sentences are being rendered now."""
    return _current.get()


@contextmanager
def speaking(chosen: Language) -> Iterator[None]:
    """Render in ``chosen`` for a while."""
    token = _current.set(chosen)
    try:
        yield
    finally:
        _current.reset(token)


def speak(chosen: Language) -> None:
    """Render in ``chosen`` from now on in this context."""
    _current.set(chosen)


def gettext(message: str) -> str:
    return _translated(language(), message) if message else ""


@functools.cache
def _translated(language: Language, message: str) -> str:
    """Messages stand in the code, so there are only so many to remember."""
    return catalogue(language).gettext(message)


def long_date(day: date) -> str:
    """``2026年3月5日`` on Chinese pages, ``5 March 2026`` on English ones."""
    if language() is Language.CHINESE:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {day:%B} {day.year}"


class Text:
    """A sentence and its values, rendered when it is shown.

    ``values`` may hold dates, instants, labelled enum members and other texts;
    each is rendered in the reader's language. Placeholders are ``%(name)s``.
    """

    __slots__ = ("message", "values")

    def __init__(self, message: str, /, **values: object) -> None:
        self.message = message
        self.values = values

    def __str__(self) -> str:
        sentence = gettext(self.message)
        if not self.values:
            return sentence
        return sentence % {name: rendered(value) for name, value in self.values.items()}

    def __repr__(self) -> str:
        return f"Text({self.message!r}, {self.values!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Text):
            return NotImplemented
        return (self.message, self.values) == (other.message, other.values)

    def __hash__(self) -> int:
        return hash(self.message)


class Counted(Text):
    """A sentence about so many: ``Counted("%(count)s item", "%(count)s items", count=3)``.

    The first value is the number. Chinese has one form: the catalogue knows the second
    sentence alone, and the first is English for exactly one.
    """

    __slots__ = ("one",)

    def __init__(self, one: str, many: str, /, **values: object) -> None:
        super().__init__(many, **values)
        self.one = one

    def __str__(self) -> str:
        count = next(iter(self.values.values()))
        sentence = ngettext(self.one, self.message, 1 if str(count) == "1" else 2)
        return sentence % {name: rendered(value) for name, value in self.values.items()}


def rendered(value: object) -> str:
    """Any value as a reader in the current language expects to see it."""
    if type(value) is str or type(value) is Text:
        return str(value)  # Nearly all are.
    match value:
        case datetime():
            wall = clock.local(value)
            return f"{long_date(wall.date())} {wall:%H:%M}"
        case date():
            return long_date(value)
        case LabelledEnum():
            return str(value.label)
        case _:
            return str(value)


class LabelledEnum(StrEnum):
    """An enum shown to people: ``MEMBER = "value", Text("Label")``."""

    label: Text

    def __new__(cls, value: str, label: Text) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, Text]]:
        """Pairs for a select, labels rendered late."""
        return [(member.value, member.label) for member in cls]


def unbroken(text: str) -> str:
    """With one kind of line ending: a browser sends another than most files have."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def ngettext(one: str, many: str, count: int) -> str:
    """In English ``one`` for exactly one; the catalogue has ``many`` alone, as Chinese does."""
    return one if count == 1 and language() is Language.ENGLISH else gettext(many)

"""A place in a text that tells too much, and the text in the spelling in which it is looked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from training_oversight.names.naming import INVISIBLE
from training_oversight.texts import LabelledEnum, Text

# What stands upon or around the character before it and is not read: keycaps, variants.
NOT_READ = re.compile(rf"{INVISIBLE.pattern}|[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\u2060]")
# How figures are written besides 0 to 9; 幺 is said for one on the telephone.
FIGURES = {
    **{ord(sign): str(value) for value, sign in enumerate("〇一二三四五六七八九")},
    **{ord(sign): str(value) for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")},
    ord("幺"): "1",
}


class MarkKind(LabelledEnum):
    PHONE = "phone", Text("Telephone number")
    IDENTITY = "identity", Text("Identity-card number")
    ACCOUNT = "account", Text("Account number")
    MAIL = "mail", Text("E-mail address")
    CHAT = "chat", Text("WeChat or QQ number")
    PLATE = "plate", Text("Number plate")
    NAME = "name", Text("Name of a person")


@dataclass(frozen=True, order=True)
class Mark:
    """A place in a text, as Python counts: ``text[start:end]``."""

    start: int
    end: int
    kind: MarkKind


class Folded:
    """A text without what nobody sees, full width narrowed: ``plain``, and ``figures`` where
    the figures of Chinese are 0 to 9. Both have a character for each of ``places``."""

    def __init__(self, text: str) -> None:
        seen = [(one, place) for place, sign in enumerate(text) for one in _read(sign)]
        self.plain = "".join(one for one, _place in seen)
        self.figures = self.plain.translate(FIGURES)
        self.places = [place for _one, place in seen]

    def found(
        self, pattern: re.Pattern[str], kind: MarkKind, *, within: str | None = None
    ) -> Iterator[Mark]:
        """The places of a pattern, of its first group where it has one."""
        for one in pattern.finditer(self.plain if within is None else within):
            yield self.mark(*one.span(pattern.groups and 1), kind)

    def mark(self, start: int, end: int, kind: MarkKind) -> Mark:
        """The same place in the text as it was typed."""
        return Mark(self.places[start], self.places[end - 1] + 1, kind)


def _read(sign: str) -> str:
    return "" if NOT_READ.fullmatch(sign) else unicodedata.normalize("NFKC", sign)

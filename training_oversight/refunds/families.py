"""Who a family is, as it was typed: checked before it is sealed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from training_oversight.errors import BadInput
from training_oversight.texts import Text

SHORTEST_NUMBER, LONGEST_NUMBER = 7, 15


@dataclass(frozen=True)
class Family:
    """By the telephone number a family is known again; the names are for who looks."""

    phone: str
    parent: str = ""
    pupil: str = ""


def checked_phone(written: str) -> str:
    """The figures of a telephone number. Raises ``BadInput`` for what is none."""
    plain = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", written))
    figures = plain.removeprefix("+86")
    if not figures.isascii() or not figures.isdigit():
        _refuse(Text("Write the telephone number in figures."))
    if not SHORTEST_NUMBER <= len(figures) <= LONGEST_NUMBER:
        _refuse(
            Text(
                "A telephone number has %(least)s to %(most)s figures.",
                least=SHORTEST_NUMBER,
                most=LONGEST_NUMBER,
            )
        )
    return figures


def _refuse(sentence: Text) -> None:
    raise BadInput(sentence, {"phone": sentence})

"""Texts of which signs were lost on the way, or covered: they say less than the register may.

A program that saves a list in an old encoding writes a question mark for every rare character.
"""

from __future__ import annotations

import re
import unicodedata

from training_oversight.errors import BadInput
from training_oversight.intake.cleaning.reading import Said
from training_oversight.registry.fields import Field, Kind
from training_oversight.spreadsheets import Value
from training_oversight.texts import Text

CHARACTER = "[\u3400-\u9fff\U00020000-\U0003ffff]"
# In names and places neither ever stands; in a sentence only between two characters it is no
# question, and a square is one to be ticked.
IN_NAMES = re.compile(r"[?□]")
IN_SENTENCES = re.compile(rf"(?:^|(?<={CHARACTER}))\?+(?={CHARACTER})")
COVERED = re.compile(r"\*")
NAMES = frozenset(
    {
        *(Kind.NAME, Kind.ALIASES, Kind.FORMER_NAMES, Kind.PERSON, Kind.BODY),
        *(Kind.PLACE, Kind.ADDRESS),
    }
)
SENTENCES = frozenset({Kind.TEXT, Kind.NOTE})
# Of these a list that was made to be published covers a part.
MAY_BE_COVERED = frozenset({Kind.PERSON, Kind.PHONE, Kind.ACCOUNT})


def without(field: Field, cell: Value, said: Said) -> Value:
    """The cell, empty if signs of it are missing. Raises ``BadInput`` for such a name."""
    if not isinstance(cell, str):
        return cell
    why = _why(field.kind, cell)
    if why is None:
        return cell
    if field.kind is Kind.NAME:
        raise BadInput(why)
    said.warnings.append(why)
    return ""


def _why(kind: Kind, written: str) -> Text | None:
    text = unicodedata.normalize("NFKC", written) if kind not in SENTENCES else written
    lost = IN_NAMES if kind in NAMES else IN_SENTENCES if kind in SENTENCES else None
    if lost and lost.search(text):
        return Text(
            "signs of “%(written)s” were lost when the list was saved; nothing is taken from it. "
            "Send the list as .xlsx, which keeps every character.",
            written=written,
        )
    if kind in MAY_BE_COVERED and COVERED.search(text):
        return Text("a part is covered with * here; nothing is taken from it.")
    return None

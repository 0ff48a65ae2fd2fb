"""Where a text that was typed freely tells who somebody is, or how to reach them.

It rather marks too much than too little: whoever hands the text on sees each place and may keep it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from training_oversight.vault import numbers, persons
from training_oversight.vault.marking import Folded, Mark

COVER = "****"


def marks(text: str, names: Iterable[str | None] = ()) -> Sequence[Mark]:
    """The places in their order, none within or beside another.

    ``names``: who is known to be behind the text; they are found in every spelling.
    """
    folded = Folded(text)
    known = [name for name in names if name]
    found = chain(numbers.marks(folded), persons.marks(folded, known))
    joined: list[Mark] = []
    for one in sorted(found, key=lambda mark: (mark.start, -mark.end)):
        if joined and one.start <= joined[-1].end:
            joined[-1] = replace(joined[-1], end=max(one.end, joined[-1].end))
        else:
            joined.append(one)
    return joined


def covered(text: str, places: Iterable[Mark]) -> str:
    """The text with these places covered; how long they were is not told."""
    for one in sorted(places, reverse=True):
        text = text[: one.start] + COVER + text[one.end :]
    return text


def without_contacts(text: str, names: Iterable[str | None] = ()) -> str:
    """The text with all that ``marks`` finds covered: for what nobody looks through first."""
    return covered(text, marks(text, names))

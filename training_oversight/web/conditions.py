"""What a list is filtered by, in words: at the head of a print, and in the history of an export."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from training_oversight.law.wording import Joined
from training_oversight.texts import Language, Text, rendered, speaking
from training_oversight.web.components import FilterBar, Words
from training_oversight.web.jinja_filters import masked_phone

# What is asked, and the answers.
Condition = tuple[Words, Sequence[object]]
# A number that may be a telephone's, however its figures are set apart.
LONG_NUMBER = re.compile(r"\d(?:[-\s.()\u2010-\u2015\u2212·（）－]*\d){6,}")


def of(
    bar: FilterBar, *, view: Words, search: str, without: Collection[str] = ()
) -> list[Condition]:
    """The view, every box of the bar that is set, what was searched for; not ``without``."""
    boxes = [one for one in bar.filters if one.chosen and one.name not in without]
    found: list[Condition] = [(Text("View"), [view])]
    found += [(one.label, [choice.label for choice in one.chosen]) for one in boxes]
    if search:
        found.append((Text("Search"), [search]))
    return found


def in_words(conditions: Sequence[Condition]) -> str:
    return rendered(Text("; ")).join(_said(conditions))


def for_history(conditions: Sequence[Condition]) -> str:
    """The same in Chinese and without a telephone number that was searched for."""
    with speaking(Language.CHINESE):
        return LONG_NUMBER.sub(lambda number: masked_phone(number[0]), in_words(conditions))


def _said(conditions: Sequence[Condition]) -> Iterator[str]:
    for label, values in conditions:
        yield rendered(Text("%(label)s: %(values)s", label=label, values=Joined(values)))

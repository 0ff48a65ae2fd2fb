"""What a search means: in which institutions the words that were typed are found.

A word is found where it is a part of ``search_text``; that is decided by ``LIKE``, so both
databases agree. ``finding`` finds them fast.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import sqlalchemy as sa

from training_oversight.accounts.models import Officer, Scope
from training_oversight.accounts.permissions import Permission
from training_oversight.names import naming
from training_oversight.names.typed import Typed
from training_oversight.registry.models import Institution

# How many are looked at one by one: about 10 ms on either database.
FEW = 5000
# How many are gone through in the order of pinyin until a common word has filled the list.
AHEAD = 5000
ESCAPE = "/"
Clause = sa.ColumnElement[bool]


class Rank(IntEnum):
    """How near to what was typed: the name begins so, it or another name has it, the rest has."""

    BEGINS = 0
    NAMED = 1
    ELSEWHERE = 2


@dataclass(frozen=True)
class Search:
    """What was typed, by whom: where to look and in what."""

    typed: Typed
    scope: Scope
    phones: bool
    few: int = FEW
    ahead: int = AHEAD

    @classmethod
    def by(cls, officer: Officer, text: str) -> Search:
        return cls(Typed.read(text), officer.scope, officer.may(Permission.SEE_PERSONAL_DATA))

    def matches(self, *beside: object) -> Clause:
        """The meaning of the search: in one of the ways every word is found.

        A list of other records may look in more: ``beside`` are texts in upper case.
        """
        if not self.typed:
            return sa.true()
        columns = [Institution.search_text, *beside]
        columns += [Institution.search_phone] if self.phones else []
        return sa.or_(
            *(
                sa.and_(*(sa.or_(*(_has(column, word) for column in columns)) for word in way))
                for way in self.typed.ways
            )
        )

    def ranked(self, rank: Rank) -> Clause:
        """Those at least as near as ``rank``."""
        first, *others = self.typed.words
        text, end = Institution.search_text, naming.END_OF_NAMES
        if rank is Rank.ELSEWHERE:
            return self.matches()
        begin = naming.NAME if rank is Rank.BEGINS else ""
        return sa.and_(_has(text, begin + first, end), *(_has(text, word, end) for word in others))


def _has(column: Any, word: str, end: str = "") -> Clause:
    """The column has the word in it, ``end`` somewhere behind it."""
    escaped = "".join(ESCAPE + one if one in "%_/" else one for one in word)
    after = f"%{end}%" if end else "%"
    clause: Clause = column.like(f"%{escaped}{after}", escape=ESCAPE)
    return clause

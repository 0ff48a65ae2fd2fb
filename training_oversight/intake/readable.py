"""What the columns of a list that came in may be read as."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from training_oversight.law.wording import Named
from training_oversight.registry.columns import FIELDS, STATE, Column


@dataclass(frozen=True)
class Readable:
    """What the columns of a table may be read as.

    ``beside``: names that are known and not read. ``similar`` of a name: the first pattern that
    fits, folded; names that are known as they stand come before.
    """

    columns: Sequence[Column]
    beside: Sequence[str] = ()
    similar: Sequence[tuple[str, re.Pattern[str]]] = ()

    @cached_property
    def by_field(self) -> Mapping[str, Column]:
        return {column.field: column for column in self.columns}

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """Spelling -> field."""
        return {spelling: one.field for one in self.columns for spelling in one.spellings}

    @cached_property
    def known(self) -> Sequence[str]:
        """Everything that makes a row of cells a header."""
        return tuple(dict.fromkeys((*self.fields, *self.beside)))

    def known_with(self, headers: Iterable[str]) -> Sequence[str]:
        """The same with what a sender's columns are called, of whom that is remembered."""
        return (*self.known, *(one for one in headers if one not in self.known))


# What our own file of rejected rows adds, and the running number of every list.
REASON = Named("退回原因", "Why it was returned")
SKIPPED = (REASON.chinese, REASON.english, STATE.chinese, STATE.english, "序号", "编号")
KNOWN = (*FIELDS, *SKIPPED)

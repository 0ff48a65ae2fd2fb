"""Which kinds of records the history tells of, in words, and where each is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from training_oversight.texts import Text
from training_oversight.web.contributions import Holder, contributions
from training_oversight.web.listings import Contribution


@dataclass(frozen=True)
class HistorySubject(Contribution):
    """One kind of record: its word, its tables, and its page if it has one of its own.

    The list of what happened offers the kinds in the order of their words' ``order``.
    """

    label: Text
    tables: tuple[str, ...]
    order: int
    endpoint: str = ""
    argument: str = ""
    # To open the page; nothing where there is none.
    permission: StrEnum | None = None

    def may_be_read_by(self, officer: Holder) -> bool:
        return self.permission is not None and officer.may(self.permission)

    @property
    def code(self) -> str:
        return self.tables[0]


def every() -> Sequence[HistorySubject]:
    return sorted(contributions().every(HistorySubject), key=lambda one: (one.order, one.code))


def by_table() -> Mapping[str, HistorySubject]:
    return {table: subject for subject in every() for table in subject.tables}

"""What an area tells of its lists, and what other areas add to them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar
from urllib.parse import parse_qsl, urlencode

from sqlalchemy.orm import Session

from training_oversight.texts import Text
from training_oversight.web.components import Cell
from training_oversight.web.safe_request import NUL

# The officer, whom accounts knows.
Who = TypeVar("Who")


class Contribution:
    """What an area hands in (web.contributions)."""


@dataclass(frozen=True)
class Column(Contribution, Generic[Who]):
    """A column that an upper area offers to another area's list, for who may see it.

    ``cells(session, officer, keys, today)`` answers for a whole page of records in a fixed
    number of queries: key -> cell, nothing for an empty one. ``width`` is a class of ``<col>``.
    """

    listing: str
    name: str
    label: Text
    cells: Callable[[Session, Who, Sequence[int], date], Mapping[int, Cell]]
    permission: StrEnum
    order: int
    width: str = "w-112"
    right: bool = False


@dataclass(frozen=True)
class Bulk(Contribution):
    """A step for the rows that were chosen in a list: the page behind ``endpoint`` gets their
    keys as ``id``, by POST."""

    listing: str
    label: Text
    endpoint: str
    permission: StrEnum
    order: int = 0


@dataclass(frozen=True)
class Beside(Contribution):
    """A page about the whole of a list, in the menu beside it.

    With ``same_rows`` it is about what the list's filter finds, and gets the parts of its address.
    """

    listing: str
    label: Text
    endpoint: str
    permission: StrEnum
    same_rows: bool = False


@dataclass(frozen=True)
class Listing(Contribution, Generic[Who]):
    """A list whose filters an officer may keep under a name.

    ``parameters(officer)`` are the parts of its address that narrow, order or show it.
    ``lasting(parts, officer)`` says the same rows so that another officer finds them, too.
    """

    name: str
    label: Text
    endpoint: str
    permission: StrEnum
    parameters: Callable[[Who], Collection[str]]
    lasting: Callable[[Sequence[tuple[str, str]], Who], Sequence[tuple[str, str]]]


# More than this no bar of filters can ask for.
MOST_PARTS = 200
LONGEST_VALUE = 200


def parts(
    listing: Listing[Who], given: Iterable[tuple[str, str]], officer: Who
) -> list[tuple[str, str]]:
    """What of an address the list itself understands, each once, in one order.

    So two addresses ask for the same exactly when their parts are equal.
    """
    known = listing.parameters(officer)
    kept = {
        (name, value.strip()[:LONGEST_VALUE])
        for name, value in given
        if name in known and value.strip()
    }
    return sorted(kept)[:MOST_PARTS]


def written(asked: Iterable[tuple[str, str]]) -> str:
    """The part of an address after the question mark."""
    return urlencode(list(asked))


def read(query: str) -> list[tuple[str, str]]:
    """The parts again; none of what no list of ours has written."""
    try:
        found = parse_qsl(query, max_num_fields=MOST_PARTS)
    except ValueError:
        return []
    return [(name, value.replace(NUL, "")) for name, value in found]

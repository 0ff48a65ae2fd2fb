"""Whether two that bear the same number are alike in anything else.

A number may be mistyped or dragged down a column: alone it makes no two institutions one.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from training_oversight.intake.known_queries import PEOPLE, Known
from training_oversight.names.naming import core_name, match_name
from training_oversight.registry.models import Institution

# Field -> cleaned value, of a row.
Values = Mapping[str, Any]
NOT_DIGITS = re.compile(r"\D+")
NUMBERS = re.compile(r"\d[\d -]{5,}\d")
SHORTEST_PHONE = 7
# The township in front of a name says where it is, not which.
TOWN = re.compile(r"^.{1,4}?(?:街道|镇|乡)")
# What an institution calls itself, before what it teaches: 童画英语学堂, 童画英语学校.
BEGINNING = 2


@dataclass(frozen=True, slots=True)
class Company:
    """What stands beside the number, folded to be compared."""

    names: frozenset[str]
    cores: frozenset[str]
    phones: frozenset[str]
    addresses: frozenset[str]
    people: frozenset[str]

    def is_alike(self, other: Company, towns: Container[str]) -> bool:
        """Whether anything is the same: a name, a telephone, a person, a place.

        That both names begin with one of the ``towns`` says nothing.
        """
        same = (self.names & other.names, self.phones & other.phones, self.people & other.people)
        return (
            any(same)
            or _any_within(self.addresses, other.addresses)
            or _any_within(self.cores, other.cores)
            or any(_begin_alike(one, each, towns) for one in self.cores for each in other.cores)
        )


def numbers_in(phone: str) -> Iterator[str]:
    """The digits of each telephone number."""
    for written in NUMBERS.findall(phone):
        digits = NOT_DIGITS.sub("", written)
        if len(digits) >= SHORTEST_PHONE:
            yield digits


def of_row(values: Values) -> Company:
    """What a row of a list says."""
    former = (one["name"] for one in values.get("former_names", ()))
    return _company(
        (values["name"], *values.get("aliases", ()), *former),
        values.get("phone"),
        (values.get("address"),),
        (values.get(name) for name in PEOPLE),
    )


def of_record(one: Institution | Known) -> Company:
    """What the register says, of a record or of its extract."""
    if not isinstance(one, Institution):
        return _company((one.name, *one.other_names), one.phone, one.addresses, one.people)
    former = (kept.get("name", "") for kept in one.former_names)
    return _company(
        (one.name, *one.aliases, *former),
        one.phone,
        (venue.address for venue in one.venues),
        (getattr(one, name) for name in PEOPLE),
    )


def _company(
    names: Iterable[str],
    phone: str | None,
    addresses: Iterable[str | None],
    people: Iterable[str | None],
) -> Company:
    every = [name for name in names if name]
    return Company(
        frozenset(match_name(name) for name in every),
        frozenset(core_name(TOWN.sub("", match_name(name), count=1)) for name in every) - {""},
        frozenset(numbers_in(phone or "")),
        # A street without a number is no place.
        frozenset(match_name(one) for one in addresses if one and any(map(str.isdigit, one))),
        frozenset(match_name(one) for one in people if one),
    )


def _any_within(some: Iterable[str], others: Iterable[str]) -> bool:
    """One may say more than the other: the county in front, the floor behind."""
    return any(one in other or other in one for one in some for other in others)


def _begin_alike(one: str, other: str, towns: Container[str]) -> bool:
    return one[:BEGINNING] == other[:BEGINNING] and one[:BEGINNING] not in towns

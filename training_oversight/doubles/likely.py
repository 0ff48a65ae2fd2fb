"""Pairs of records that are likely one institution, and why.

Records meet in buckets of the same code, number, name, telephone or place; nothing is compared
with everything, so a county of thousands is looked through in one pass.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import combinations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Division, Scope
from training_oversight.doubles.models import DistinctPair
from training_oversight.law.identifiers import tells_apart
from training_oversight.names import naming
from training_oversight.places import Position, distance
from training_oversight.registry.models import Institution, Licence, Venue
from training_oversight.registry.queries.positions import MAIN
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import Text

# More than a large county has; a wider scope chooses a county first.
MOST_RECORDS = 20_000
# More records than this with one telephone or address are an arcade or an agent, no doubles.
MOST_ALIKE = 12
NEAR_METRES = 60
# About a hundred metres, so that neighbours fall into the same or the next cell.
CELL_DEGREES = 0.001
NOT_DIGITS = re.compile(r"\D")
SHORTEST_PHONE = 7
ENOUGH = 2


class Weight(IntEnum):
    """How much one likeness says. Two records whose weights add up to ``ENOUGH`` are a pair."""

    SAME_CODE = 6
    SAME_LICENCE = 5
    SAME_NAME = 4
    ALIKE_NAME = 3
    SAME_PHONE = 2
    SAME_ADDRESS = 2
    NEAR_AND_ALIKE = 2
    OTHER_CODE = -3


@dataclass(frozen=True)
class Looks:
    """What two records are compared by."""

    id: int
    name: str
    match_name: str
    uscc: str | None
    phone: str | None
    state: InstitutionState
    division: str
    kind_code: str | None
    address: str
    position: Position | None
    sort_key: str
    aliases: Sequence[str] = ()
    numbers: Sequence[str] = ()

    @property
    def live(self) -> bool:
        return self.state is not InstitutionState.CLOSED


@dataclass
class Pair:
    """Two records, why they may be one, and how likely that is."""

    one: Looks
    other: Looks
    reasons: list[Text] = field(default_factory=list)
    weight: int = 0

    @property
    def key(self) -> tuple[int, int]:
        return self.one.id, self.other.id


class TooMany(Exception):
    """The scope holds more records than are compared at once."""


def pairs(session: Session, scope: Scope, *, of: int | None = None) -> list[Pair]:
    """Likely pairs in the scope, the likeliest first; ``of`` keeps those of one record.

    Three queries however many records. Raises ``TooMany``.
    """
    records = _records(session, scope)
    found: dict[tuple[int, int], Pair] = {}
    for one, other, weight, reason in _likenesses(records):
        if not (one.live or other.live) or (of is not None and of not in (one.id, other.id)):
            continue
        first, second = sorted((one, other), key=lambda looks: looks.id)
        pair = found.setdefault((first.id, second.id), Pair(first, second))
        pair.weight += weight
        pair.reasons.append(reason)
    for key in _distinct(session, scope):
        found.pop(key, None)
    for pair in found.values():
        _two_codes(pair)
    likely = (pair for pair in found.values() if pair.weight >= ENOUGH)
    return sorted(likely, key=lambda pair: (-pair.weight, pair.one.sort_key, pair.key))


def _records(session: Session, scope: Scope) -> list[Looks]:
    inside = sa.and_(scope.clause(Institution.division_path), Institution.withdrawn.is_(False))
    rows = session.execute(
        sa.select(
            Institution.id, Institution.name, Institution.match_name, Institution.uscc,
            Institution.phone, Institution.state, Division.name.label("division"),
            Institution.kind_code, Institution.sort_key, Institution.aliases,
            Venue.address, Venue.latitude, Venue.longitude,
        )
        .join(Division, Division.id == Institution.division_id)
        .outerjoin(Venue, MAIN)
        .where(inside)
        .limit(MOST_RECORDS + 1)
    ).all()  # fmt: skip
    if len(rows) > MOST_RECORDS:
        raise TooMany
    numbers: dict[int, list[str]] = defaultdict(list)
    for key, number in session.execute(
        sa.select(Licence.institution_id, Licence.number)
        .join(Institution, Institution.id == Licence.institution_id)
        .where(inside, Licence.number.is_not(None))
    ):
        numbers[key].append(number or "")
    return [_looks(row, numbers.get(row.id, ())) for row in rows]


def _looks(row: sa.Row[*tuple[object, ...]], numbers: Sequence[str]) -> Looks:
    placed = row.latitude is not None and row.longitude is not None
    return Looks(
        id=row.id,
        name=row.name,
        match_name=row.match_name,
        uscc=row.uscc,
        phone=row.phone,
        state=row.state,
        division=row.division,
        kind_code=row.kind_code,
        address=row.address or "",
        position=Position(row.latitude, row.longitude) if placed else None,
        sort_key=row.sort_key,
        aliases=row.aliases,
        numbers=numbers,
    )


Likeness = tuple[Looks, Looks, Weight, Text]


def _likenesses(records: Sequence[Looks]) -> Iterator[Likeness]:
    yield from _alike(records, _codes, Weight.SAME_CODE, Text("Same credit code"))
    yield from _alike(records, _numbers, Weight.SAME_LICENCE, Text("Same licence number"))
    named = set()
    for likeness in _alike(records, _names, Weight.SAME_NAME, Text("Same name")):
        named.add((likeness[0].id, likeness[1].id))
        yield likeness
    for likeness in _alike(records, _cores, Weight.ALIKE_NAME, Text("Names alike")):
        if (likeness[0].id, likeness[1].id) not in named:
            yield likeness
    yield from _alike(records, _phones, Weight.SAME_PHONE, Text("Same telephone"))
    yield from _alike(records, _addresses, Weight.SAME_ADDRESS, Text("Same address"))
    yield from _near(records)


def _alike(
    records: Iterable[Looks], keys: Callable[[Looks], Iterable[str]], weight: Weight, reason: Text
) -> Iterator[Likeness]:
    buckets: dict[Hashable, list[Looks]] = defaultdict(list)
    for record in records:
        for key in dict.fromkeys(keys(record)):
            buckets[key].append(record)
    seen = set()
    for alike in buckets.values():
        if 1 < len(alike) <= MOST_ALIKE:
            for one, other in combinations(alike, 2):
                if (one.id, other.id) not in seen:
                    seen.add((one.id, other.id))
                    yield one, other, weight, reason


def _codes(record: Looks) -> list[str]:
    return [record.uscc] if record.uscc else []


def _numbers(record: Looks) -> Sequence[str]:
    return [number for number in record.numbers if tells_apart(number)]


def _names(record: Looks) -> list[str]:
    return [record.match_name, *(naming.match_name(alias) for alias in record.aliases)]


def _cores(record: Looks) -> list[str]:
    names = (naming.core_name(name) for name in (record.name, *record.aliases))
    return [core for core in names if core]


def _phones(record: Looks) -> list[str]:
    digits = NOT_DIGITS.sub("", record.phone or "")
    return [digits] if len(digits) >= SHORTEST_PHONE else []


def _addresses(record: Looks) -> list[str]:
    # A street without a number is no place.
    address = naming.match_name(record.address)
    return [address] if any(c.isdigit() for c in address) else []


def _near(records: Iterable[Looks]) -> Iterator[Likeness]:
    """Places close together whose names share a part: one door, two spellings."""
    cells: dict[tuple[int, int], list[Looks]] = defaultdict(list)
    for record in records:
        if record.position is not None:
            cells[_cell(record.position)].append(record)
    for (north, east), here in cells.items():
        around = [
            other
            for dn, de in ((0, 1), (1, -1), (1, 0), (1, 1))
            for other in cells.get((north + dn, east + de), ())
        ]
        for one, other in [*combinations(here, 2), *((a, b) for a in here for b in around)]:
            if _share_a_part(one, other) and (metres := _apart(one, other)) <= NEAR_METRES:
                yield (
                    one,
                    other,
                    Weight.NEAR_AND_ALIKE,
                    Text("%(metres)s m apart, names share a part", metres=metres),
                )


def _cell(position: Position) -> tuple[int, int]:
    return int(position.latitude // CELL_DEGREES), int(position.longitude // CELL_DEGREES)


def _apart(one: Looks, other: Looks) -> int:
    assert one.position is not None
    assert other.position is not None
    return distance(one.position, other.position)


def _share_a_part(one: Looks, other: Looks) -> bool:
    """Whether two characters in a row of the one's core are in the other's."""
    first, second = naming.core_name(one.name), naming.core_name(other.name)
    return any(first[n : n + 2] in second for n in range(len(first) - 1))


def _two_codes(pair: Pair) -> None:
    """Two credit codes speak against it, whatever the names say."""
    if pair.one.uscc and pair.other.uscc and pair.one.uscc != pair.other.uscc:
        pair.weight += Weight.OTHER_CODE
        pair.reasons.append(Text("but two credit codes"))


def _distinct(session: Session, scope: Scope) -> Iterable[tuple[int, int]]:
    """Those that an officer has found to be two institutions."""
    rows = session.execute(
        sa.select(DistinctPair.one_id, DistinctPair.other_id)
        .join(Institution, Institution.id == DistinctPair.one_id)
        .where(scope.clause(Institution.division_path))
    ).all()
    return [(one, other) for one, other in rows]

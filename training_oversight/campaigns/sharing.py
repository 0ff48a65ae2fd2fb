"""Who goes where, and when: targets shared out among teams, and teams' visits among days.

A proposal that a person looks at. The same is asked twice and answered alike: nothing is drawn.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from training_oversight.texts import LabelledEnum, Text

TEAM = 2


class Way(LabelledEnum):
    ONE_TEAM = "one_team", Text("One team goes to all")
    IN_CHARGE = "in_charge", Text("Whoever is in charge of the target, with a colleague")
    LOAD = "load", Text("By township, to the pair that has the least")


@dataclass(frozen=True)
class Wanted:
    """A target that is owed a visit."""

    target_id: int
    township_id: int
    officer_id: int | None


@dataclass(frozen=True)
class Pool:
    """Who may go, in the order of how little they have; ``load`` is how much that is."""

    officers: Sequence[int]
    load: Mapping[int, int]
    lead: int | None = None


@dataclass(frozen=True)
class Share:
    """Who goes to one target, and on which day. The first of the team is in charge."""

    target_id: int
    team: tuple[int, ...]
    day: date


NextDay = Callable[[date], date]


def shared_out(
    wanted: Sequence[Wanted],
    pool: Pool,
    way: Way,
    *,
    first: date,
    per_day: int,
    following: NextDay,
) -> list[Share]:
    """A share for each target, township by township, so many a day for each team.

    ``following`` gives the working day after a day.
    """
    teams = _TEAMS[way](wanted, pool)
    days: dict[tuple[int, ...], Iterator[date]] = defaultdict(
        lambda: _days(first, per_day, following)
    )
    return [Share(one.target_id, team, next(days[team])) for one, team in teams]


def _days(first: date, per_day: int, following: NextDay) -> Iterator[date]:
    day = first
    while True:
        for _ in range(per_day):
            yield day
        day = following(day)


Teams = list[tuple[Wanted, tuple[int, ...]]]


def _one_team(wanted: Sequence[Wanted], pool: Pool) -> Teams:
    team = _led(pool.officers, pool.lead)
    return [(one, team) for one in wanted]


def _led(officers: Sequence[int], lead: int | None) -> tuple[int, ...]:
    if lead is None or lead not in officers:
        return tuple(officers)
    return (lead, *(one for one in officers if one != lead))


def _in_charge(wanted: Sequence[Wanted], pool: Pool) -> Teams:
    """Each with the colleague who has the least, always the same one: a team stays together."""
    load = Counter({one: pool.load.get(one, 0) for one in pool.officers})
    partners: dict[int, tuple[int, ...]] = {}
    made: Teams = []
    for one in wanted:
        lead = one.officer_id
        if lead is None or lead not in load:
            lead = _least(pool.officers, load)
        if lead not in partners:
            others = [each for each in pool.officers if each != lead]
            partners[lead] = (lead, _least(others, load)) if others else (lead,)
        load.update(partners[lead])
        made.append((one, partners[lead]))
    return made


def _least(officers: Sequence[int], load: Mapping[int, int]) -> int:
    return min(officers, key=lambda one: (load[one], officers.index(one)))


def _by_load(wanted: Sequence[Wanted], pool: Pool) -> Teams:
    """Whole townships, the largest first, each to the pair that has the least by then."""
    pairs = _pairs(pool.officers)
    load = {pair: sum(pool.load.get(one, 0) for one in pair) / len(pair) for pair in pairs}
    towns: dict[int, list[Wanted]] = defaultdict(list)
    for one in wanted:
        towns[one.township_id].append(one)
    made: dict[int, tuple[int, ...]] = {}
    for town in sorted(towns.values(), key=lambda each: (-len(each), each[0].township_id)):
        pair = min(pairs, key=lambda each: (load[each], pairs.index(each)))
        load[pair] += len(town)
        made |= {one.target_id: pair for one in town}
    return [(one, made[one.target_id]) for one in wanted]


def _pairs(officers: Sequence[int]) -> list[tuple[int, ...]]:
    """Two and two; an odd one goes with the last pair."""
    found = [tuple(officers[start : start + TEAM]) for start in range(0, len(officers), TEAM)]
    if len(found) > 1 and len(found[-1]) < TEAM:
        alone = found.pop()
        found[-1] += alone
    return found


_TEAMS: Mapping[Way, Callable[[Sequence[Wanted], Pool], Teams]] = {
    Way.ONE_TEAM: _one_team,
    Way.IN_CHARGE: _in_charge,
    Way.LOAD: _by_load,
}

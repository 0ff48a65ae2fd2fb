"""The days off that the law itself gives, for years whose arrangement is not announced yet.

State Council's regulation on festivals and days of remembrance as amended in force since 2025
(全国年节及纪念日放假办法): thirteen days. Which days of weekends are worked in exchange, and what
makes up for a festival on a weekend, is arranged year by year and cannot be foretold.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from training_oversight.texts import Text

NEW_YEAR = Text("New Year's Day")
SPRING = Text("Spring Festival")
TOMB_SWEEPING = Text("Tomb-sweeping Day")
LABOUR = Text("Labour Day")
DRAGON_BOAT = Text("Dragon Boat Festival")
MID_AUTUMN = Text("Mid-Autumn Festival")
NATIONAL = Text("National Day")

# The list as it stands. Earlier years had other lists; their arrangements are known since 2004.
IN_FORCE_FROM = 2025
# After this year the library does not vouch for its tables of moon and sun.
LUNAR_UNTIL = 2099

FIXED: Mapping[tuple[int, int], Text] = {
    (1, 1): NEW_YEAR,
    (5, 1): LABOUR,
    (5, 2): LABOUR,
    (10, 1): NATIONAL,
    (10, 2): NATIONAL,
    (10, 3): NATIONAL,
}
# New Year's eve of the lunar year, and the first three days of it.
SPRING_DAYS = range(-1, 3)
ONE = range(1)


@dataclass(frozen=True)
class StandIn:
    """What takes the place of an arrangement, in a few words and as a sentence."""

    short: Text
    sentence: Text


def has_lunar_days(year: int) -> bool:
    """Whether the festivals that follow the moon can be told for this year."""
    return IN_FORCE_FROM <= year <= LUNAR_UNTIL


@functools.cache
def days_off(year: int) -> Mapping[date, Text]:
    """Day -> festival. Empty for years before the list; without the moon's where none is known."""
    if year < IN_FORCE_FROM:
        return MappingProxyType({})
    lunar = _lunar(year) if has_lunar_days(year) else {}
    # A Mid-Autumn Festival on a National Day bears the greater name.
    return MappingProxyType(lunar | {date(year, *day): name for day, name in FIXED.items()})


def _lunar(year: int) -> dict[date, Text]:
    # Read when the first year that is not arranged is asked for: 3 MB and 30 ms. The library's
    # own class for the country would read the holidays of every country of the world.
    from holidays.calendars.chinese import _ChineseLunisolar  # noqa: PLC0415

    moon = _ChineseLunisolar()
    told = (
        (moon.lunar_new_year_date, SPRING_DAYS, SPRING),
        (moon.qingming_date, ONE, TOMB_SWEEPING),
        (moon.dragon_boat_date, ONE, DRAGON_BOAT),
        (moon.mid_autumn_date, ONE, MID_AUTUMN),
    )
    return {
        day + timedelta(days=n): name
        for tell, days, name in told
        if (day := tell(year)[0]) is not None
        for n in days
    }


def stand_in(year: int) -> StandIn:
    """What is counted in a year whose arrangement is not known."""
    if has_lunar_days(year):
        return StandIn(
            Text("%(year)s provisional: weekends and statutory days off", year=year),
            Text(
                "The State Council's days off for %(year)s have not been entered: weekends and "
                "the days off of the law stand in for them. Which days are swapped is not known "
                "yet, so the date may change.",
                year=year,
            ),
        )
    if year > LUNAR_UNTIL:
        return StandIn(
            Text("%(year)s provisional: weekends and fixed holidays only", year=year),
            Text(
                "%(year)s is too far away to know the festivals of its lunar calendar: weekends "
                "and fixed holidays stand in for its days off, and the date may change.",
                year=year,
            ),
        )
    return StandIn(
        Text("%(year)s lies before this calendar: weekends only", year=year),
        Text(
            "The days off of %(year)s are not kept here, because the year lies before this "
            "calendar: only weekends are counted as days off. Check the date.",
            year=year,
        ),
    )

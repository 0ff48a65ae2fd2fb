"""The words that go on a paper. Papers are Chinese, whatever the officer's own language is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from training_oversight import texts
from training_oversight.catalogue.models import Effect
from training_oversight.law import Period, Unit
from training_oversight.ledger.models import RectificationItem
from training_oversight.notices import effects
from training_oversight.texts import LabelledEnum, Language, Text


def in_chinese(words: Text | LabelledEnum) -> str:
    """A sentence as it is printed."""
    with texts.speaking(Language.CHINESE):
        return texts.rendered(words)


def day(day: date) -> str:
    """2026年11月21日, the form that GB/T 9704 asks for."""
    with texts.speaking(Language.CHINESE):
        return texts.long_date(day)


def moment(wall: datetime) -> str:
    """2026年11月21日15时04分."""
    return f"{day(wall.date())}{wall:%H时%M分}"


def number(short_name: str, prefix: str, *, year: int, serial: int) -> str:
    """As printed at the head of the paper, for instance 澄教责改〔2026〕41号."""
    return f"{short_name}{prefix}〔{year}〕{serial}号"


def facts(items: Sequence[RectificationItem]) -> str:
    """What was found and when, a line for each problem."""
    return "\n".join(in_chinese(_fact(place, item)) for place, item in enumerate(items, start=1))


def _fact(place: int, item: RectificationItem) -> Text:
    return Text(
        "%(place)s. %(day)s (%(origin)s): %(facts)s",
        place=place,
        day=item.found_on,
        origin=item.finding.source,
        facts=item.facts.strip().rstrip("。") + "。",
    )


def period(effect: Effect, *, at_once: bool, length: int | None, unit: Unit | None) -> str:
    """By when, as the paper says it; empty as long as no period was given."""
    if at_once and length is None:
        return in_chinese(Text("at once"))
    if length is None or unit is None:
        return ""
    within = Text("within %(period)s of receipt", period=Period(length, unit).label)
    if not at_once:
        return in_chinese(within)
    return in_chinese(effects.of(effect).both_periods(within))

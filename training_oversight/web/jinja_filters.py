"""Jinja filters: how days, instants, figures and telephone numbers look on a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from jinja2 import Environment
from markupsafe import Markup, escape

from training_oversight import clock, texts
from training_oversight.texts import Language

_CHINESE_WEEKDAYS = "一二三四五六日"
# A shorter number would be told by its first three and last four figures.
_SHORTEST_MASKABLE = 8
_MEGABYTE = 1024 * 1024


def _chinese() -> bool:
    return texts.language() is Language.CHINESE


def _time(machine: str, shown: str) -> Markup:
    # By hand: a list shows a hundred, and formatting markup takes ten times as long.
    return Markup(f'<time datetime="{escape(machine)}">{escape(shown)}</time>')


def _as_day(when: date) -> date:
    return clock.day_of(when) if isinstance(when, datetime) else when


def short_words(day: date) -> str:
    """``10月10日``; a year that is not the current one is kept."""
    if day.year != clock.today().year:
        return texts.long_date(day)
    return f"{day.month}月{day.day}日" if _chinese() else f"{day.day} {day:%b}"


def weekday_words(day: date) -> str:
    return f"星期{_CHINESE_WEEKDAYS[day.weekday()]}" if _chinese() else f"{day:%A}"


def brief_weekday_words(day: date) -> str:
    """``周四``, as it stands in brackets behind a date."""
    return f"周{_CHINESE_WEEKDAYS[day.weekday()]}" if _chinese() else f"{day:%a}"


def day(when: date | None) -> Markup:
    """``2026年3月5日`` inside ``<time>``; nothing for no date."""
    if when is None:
        return Markup("")
    when = _as_day(when)
    return _time(when.isoformat(), texts.long_date(when))


def short_day(when: date | None) -> Markup:
    """For tables: the current year is left out."""
    if when is None:
        return Markup("")
    when = _as_day(when)
    return _time(when.isoformat(), short_words(when))


def instant(when: datetime | None) -> Markup:
    """``2026年3月5日 16:20`` on the county's wall clock."""
    if when is None:
        return Markup("")
    wall = clock.local(when)
    return _time(wall.isoformat(), f"{texts.long_date(wall.date())} {wall:%H:%M}")


def short_instant(when: date | None) -> Markup:
    """``10月14日 16:20``; a day alone stays a day."""
    if when is None:
        return Markup("")
    if not isinstance(when, datetime):
        return short_day(when)
    wall = clock.local(when)
    return _time(wall.isoformat(), f"{short_words(wall.date())} {wall:%H:%M}")


def clock_time(when: datetime | None) -> Markup:
    """``16:20``."""
    if when is None:
        return Markup("")
    wall = clock.local(when)
    return _time(wall.isoformat(), f"{wall:%H:%M}")


def weekday(when: date | None) -> str:
    return weekday_words(_as_day(when)) if when else ""


def brief_weekday(when: date | None) -> str:
    return brief_weekday_words(_as_day(when)) if when else ""


def day_and_weekday(when: date | None) -> Markup:
    """``2026年10月10日（周六）``."""
    if when is None:
        return Markup("")
    brackets = "（{}）" if _chinese() else " ({})"
    return day(when) + escape(brackets.format(brief_weekday_words(_as_day(when))))


def masked_phone(number: str | None) -> str:
    """``138****2046``: the first three and the last four figures, whatever the length."""
    figures = re.sub(r"\D", "", number or "")
    if len(figures) < _SHORTEST_MASKABLE:
        return "*" * len(figures)
    return f"{figures[:3]}****{figures[-4:]}"


def masked_account(number: str | None) -> str:
    """``****8812``: the last four figures of an account."""
    figures = re.sub(r"\D", "", number or "")
    return f"****{figures[-4:]}" if len(figures) >= _SHORTEST_MASKABLE else "****"


def masked_name(name: str | None) -> str:
    """``许**``: the first character, whatever the length."""
    return f"{name[0]}**" if name else ""


def figure(number: int | float | Decimal | None) -> str:
    """``1,234``; nothing for nothing."""
    return "" if number is None else f"{number:,}"


def money(amount: int | Decimal | None) -> str:
    """``3,640元``."""
    if amount is None:
        return ""
    whole = amount == int(amount)
    shown = f"{int(amount):,}" if whole else f"{amount:,.2f}"
    return f"{shown}元" if _chinese() else f"{shown} yuan"


def shown(value: object) -> str | Markup:
    """Texts, labelled enum members, dates: in the reader's language. Markup stays markup."""
    if value is None:
        return ""
    return value if isinstance(value, Markup) else texts.rendered(value)


def calendar_day(when: date, first: bool = False) -> str:
    """The figure of a day in a calendar; with its month on the 1st and in the first cell."""
    return f"{when.month}/{when.day}" if first or when.day == 1 else str(when.day)


def name_of(value: object) -> str:
    """The stored value of an enum member, for class names."""
    return str(getattr(value, "value", value) or "")


def file_size(size: int) -> str:
    """``640 KB``, ``1.2 MB``: rounded up below a megabyte, as files.js writes it."""
    if size < _MEGABYTE:
        return f"{-(-size // 1024)} KB"
    return f"{size / _MEGABYTE:.1f} MB"


FILTERS: dict[str, Callable[..., object]] = {
    each.__name__: each
    for each in (
        day,
        short_day,
        instant,
        short_instant,
        clock_time,
        weekday,
        brief_weekday,
        day_and_weekday,
        masked_phone,
        masked_account,
        masked_name,
        figure,
        money,
        shown,
        calendar_day,
        name_of,
        file_size,
    )
}


def register(environment: Environment) -> None:
    """Make the filters known to templates."""
    environment.filters.update(FILTERS)

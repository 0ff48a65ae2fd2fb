"""The day that a cell means, in any of the ways in which counties write days.

What could mean two days means none: the sentence says what is unclear.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, datetime

from training_oversight import clock
from training_oversight.errors import BadInput
from training_oversight.spreadsheets.cells import (
    EPOCH,
    FIRST_SERIAL,
    NO_CODE,
    NumberSince1904,
    Value,
    clean,
    from_cell,
    since,
)
from training_oversight.texts import Text

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
# Five digits: four are a year that somebody wrote without month and day, six are 21-03-05 or
# 2009-01, and only to a program a day after 2173.
SERIAL = re.compile(r"(\d{5})(\.\d+)?")

# The dots are those of every keyboard: 2021。3。5 is typed with a Chinese one switched on.
BETWEEN = r"-./\\_、,。·•‧∙・‐‑‒–—―−"
MARK, MARK_MONTH = rf"\s*[{BETWEEN}年]\s*", rf"\s*[{BETWEEN}月]\s*"
WEEKDAY = r"(?:\s*[,(]?(?:星期|周|礼拜)[一二三四五六日天]\)?)?"
# The time of a day never makes it another day; a zone is China's own.
HALF = r"(?:[AaPp]\.?[Mm]\.?|上午|下午|凌晨|早上|中午|晚上)"
ZONE = r"(?:(?:GMT|UTC)?\+0?8(?::?00)?|CST)"
CLOCK = (
    rf"(?:(?:(?<=[日号])|[T\s]+)(?:{HALF}\s*)?\d{{1,2}}"
    rf"(?:[:时点]\d{{2}}(?:[:分]\d{{2}}(?:\.\d+)?秒?|分)?|[时点]整?)"
    rf"(?:\s*{HALF})?(?:\s*{ZONE}){{0,2}})?"
)
# With the time of day behind it, as systems write it, or a point and nothing, as programs do.
COMPACT = re.compile(
    rf"(\d{{4}})(\d{{2}})(\d{{2}})(?:(?:[01]\d|2[0-3])[0-5]\d[0-5]\d|\.0+|{CLOCK})"
)
COMPACT_MONTH = re.compile(r"((?:19|20)\d{2})(\d{2})")
# 210305 is a day of 2021, 200901 a day of 2020 or a month of 2009; 202103 is no day.
SIX_DIGITS = re.compile(r"\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|21\d{4}")
WRITTEN = re.compile(
    rf"(\d{{4}})(?:{MARK}(\d{{1,2}}){MARK_MONTH}|\s+(\d{{1,2}})\s+)"
    rf"(\d{{1,2}})\s*[日号]?{WEEKDAY}{CLOCK}{WEEKDAY}"
)
MONTH = re.compile(rf"(\d{{4}}){MARK}(\d{{1,2}})\s*月?[份底末]?")
YEAR = re.compile(r"(?:19|20|21)\d{2}\s*年?[底末]?")
# 3/5/2021 and 21.3.5: which is the month, which the year?
UNCLEAR = re.compile(r"\d{1,2}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,4}日?")
ZONED = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}:?\d{2})")
ENGLISH = re.compile(
    r"(?:[A-Z][a-z]{2},?\s)?(?:(?P<d>\d{1,2})[-\s](?P<m>[A-Za-z]{3,9})|"
    r"(?P<m2>[A-Za-z]{3,9})\.?\s(?P<d2>\d{1,2}))[-,\s]\s?(?P<y>\d{4})"
    rf"(?:\s\d{{2}}:\d{{2}}:\d{{2}}\sGMT\+0800\b.*|,?{CLOCK})"
)
# Fri Mar 05 00:00:00 CST 2021, as programs in Java write it.
CLOCK_FIRST = re.compile(
    rf"[A-Z][a-z]{{2}}\s(?P<m>[A-Z][a-z]{{2}})\s+(?P<d>\d{{1,2}})\s"
    rf"\d{{2}}:\d{{2}}:\d{{2}}(?:\s{ZONE})?\s(?P<y>\d{{4}})"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# 二〇二一年三月五日
CHINESE = re.compile(
    r"([〇零○Oo0一二三四五六七八九]{4})年([〇零○一二三四五六七八九十]{1,3})月"
    r"(?:([〇零○一二三四五六七八九十廿卅]{1,3})[日号])?"
)
DIGITS = {**dict.fromkeys("〇零○Oo0", 0), **{c: n for n, c in enumerate("一二三四五六七八九", 1)}}
TENS = {"十": 10, "廿": 20, "卅": 30}
LONGEST = 60
AROUND = re.compile(r"^(?:截至|截止到?|至|到)\s*|\s*(?:止|[。.;；])$")


class NoDay(BadInput):
    """Only a month or a year is written where a day is asked for."""


def parse_date(value: Value | float | None) -> date | None:
    """The day; none where there is none yet. Raises ``BadInput`` for anything else."""
    return _checked(as_written(value), ends_month=False)


def parse_last_day(value: Value | float | None) -> date | None:
    """The same of a day on which something ends: a month without a day means its last one."""
    return _checked(as_written(value), ends_month=True)


def as_written(value: Value | float | None) -> date | str | None:
    """A day, or the text that is to be understood; none where there is nothing yet."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, NumberSince1904) and (day := value.day):
        return day
    written = from_cell(value) if isinstance(value, int | float) else value or ""
    text = unicodedata.normalize("NFKC", clean(written)).strip()
    if len(text) > LONGEST:
        raise _no_date(f"{text[:LONGEST]}…")
    return None if text.casefold() in NO_CODE else text


def _checked(found: date | str | None, *, ends_month: bool) -> date | None:
    if found is None:
        return None
    written = found.isoformat() if isinstance(found, date) else found
    try:
        day = found if isinstance(found, date) else _day(found, ends_month=ends_month)
    except ValueError:
        raise BadInput(
            Text("“%(written)s” is a day that does not exist: look it up.", written=written)
        ) from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise BadInput(
            Text("“%(written)s” lies outside the years 1900 to 2199: look it up.", written=written)
        )
    return day


def _day(written: str, *, ends_month: bool) -> date:
    """Raises ``ValueError`` for a day that no calendar has."""
    text = AROUND.sub("", written)
    if ZONED.fullmatch(text):
        return clock.local(datetime.fromisoformat(text)).date()
    if parts := COMPACT.fullmatch(text):
        return date(int(parts[1]), int(parts[2]), int(parts[3]))
    if parts := WRITTEN.fullmatch(text):
        return date(int(parts[1]), int(parts[2] or parts[3]), int(parts[4]))
    if parts := CHINESE.fullmatch(text):
        text = _in_digits(parts)
        if parts[3]:
            return date.fromisoformat(text)
    parts = ENGLISH.fullmatch(text) or CLOCK_FIRST.fullmatch(text)
    if parts and (english := _english(parts)):
        return english
    if (parts := SERIAL.fullmatch(text)) and int(parts[1]) >= FIRST_SERIAL:
        return since(EPOCH, int(parts[1]))
    return _end_of_month(text, written) if ends_month else _refused(text, written)


def _end_of_month(text: str, written: str) -> date:
    month = _month(text)
    # 2021.1 is what Excel makes of 2021.10 where it takes it for a number.
    if month is None or text[4:] == ".1":
        return _refused(text, written)
    year, number = month
    return date(year, number, calendar.monthrange(year, number)[1])


def _month(text: str) -> tuple[int, int] | None:
    if SIX_DIGITS.fullmatch(text):
        return None
    parts = MONTH.fullmatch(text) or COMPACT_MONTH.fullmatch(text)
    if parts and 1 <= int(parts[2]) <= len(MONTHS):
        return int(parts[1]), int(parts[2])
    return None


def _refused(text: str, written: str) -> date:
    if _month(text):
        raise NoDay(Text("“%(written)s” names no day: write it like 2021-03-05.", written=written))
    if YEAR.fullmatch(text):
        raise NoDay(
            Text("“%(written)s” is only a year: write it like 2021-03-05.", written=written)
        )
    if UNCLEAR.fullmatch(text) or SIX_DIGITS.fullmatch(text):
        why = Text(
            "“%(written)s” leaves open which is the year, the month and the day: write it like "
            "2021-03-05.",
            written=written,
        )
    else:
        raise _no_date(written)
    raise BadInput(why)


def _no_date(written: str) -> BadInput:
    return BadInput(Text("“%(written)s” is not a date: write it like 2021-03-05.", written=written))


def _english(parts: re.Match[str]) -> date | None:
    found = parts.groupdict()
    name = (found["m"] or found["m2"])[:3].lower()
    if name not in MONTHS:
        return None
    return date(int(found["y"]), MONTHS.index(name) + 1, int(found["d"] or found["d2"]))


def _in_digits(parts: re.Match[str]) -> str:
    year = "".join(str(DIGITS[sign]) for sign in parts[1])
    return "-".join([year, *(f"{_number(part):02}" for part in parts.groups()[1:] if part)])


def _number(signs: str) -> int:
    """十一, 廿三, 二十, 三十一, 零五."""
    if TENS.keys().isdisjoint(signs):
        return int("".join(str(DIGITS[sign]) for sign in signs))
    before, ten, after = re.split("([十廿卅])", signs, maxsplit=1)
    tens = DIGITS[before] * 10 if before else TENS[ten]
    return tens + (DIGITS[after] if after else 0)

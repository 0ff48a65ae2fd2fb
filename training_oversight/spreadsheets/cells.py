"""What a cell says: text, a code, a day."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from training_oversight.errors import BadInput
from training_oversight.texts import Text

# Excel keeps fifteen digits of a number. A code of sixteen or more that was
# typed as a number has lost its end for good.
DESTROYED_FROM = 1e15
# The same, as Excel writes it into a .csv: 9.15E+17.
SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+\d{2}", re.IGNORECASE)
# A text forced with a formula, ="0012", and one forced with an apostrophe, '=A1.
FORCED_TEXT = re.compile(r'="(.*)"', re.DOTALL)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

INVISIBLE = " \t\r\n\v\f\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"
# What people write where a code should stand when there is none.
NO_CODE = frozenset(
    {
        "",
        "办理中",
        "正在办理",
        "待办",
        "无",
        "暂无",
        "没有",
        "未办理",
        "/",
        "\\",
        "—",
        "——",
        "-",
        "--",
    }
)

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
# Serial 61 is 1 March 1900: from there on Excel counts days as everybody does.
SERIAL_EPOCH, FIRST_SERIAL, LAST_SERIAL = date(1899, 12, 30), 61, 109574
SERIAL = re.compile(r"\d{2,6}(\.\d+)?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
WRITTEN = re.compile(
    r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?"
    r"([T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?"
)


@dataclass(frozen=True)
class DestroyedNumber:
    """A long number that Excel has rounded: it cannot be used, nor guessed."""

    shown: str

    def __str__(self) -> str:
        return self.shown


Value = str | date | DestroyedNumber


def from_cell(raw: object) -> Value:
    """A cell of a workbook as text or a day."""
    match raw:
        case None:
            return ""
        case int() | float() if not isinstance(raw, bool):
            return _from_number(raw)
        case datetime():
            return raw.date()
        case date():
            return raw
        case _:
            return trimmed(str(raw))


def from_text(raw: str) -> Value:
    """A field of a .csv, without what spreadsheets wrap around texts."""
    text = trimmed(raw)
    if SCIENTIFIC.fullmatch(text):
        return DestroyedNumber(text)
    if forced := FORCED_TEXT.fullmatch(text):
        return trimmed(forced[1])
    if text.startswith("'") and text[1:].startswith(FORMULA_STARTS):
        return text[1:]
    return text


def clean(value: Value) -> str:
    """The text of a cell, trimmed of every kind of space. Raises for a destroyed number."""
    if isinstance(value, DestroyedNumber):
        raise BadInput(
            Text(
                "Excel has rounded the number %(shown)s: format the column as text and type "
                "it again from the paper.",
                shown=value.shown,
            )
        )
    return value.isoformat() if isinstance(value, date) else trimmed(value)


def clean_code(value: Value) -> str:
    """A code in plain half-width characters without spaces; "" where there is none yet."""
    code = "".join(unicodedata.normalize("NFKC", clean(value)).split())
    return "" if code in NO_CODE else code


def parse_date(value: Value | float | None) -> date | None:
    """The day a cell means, in any of the ways in which counties write days."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    written = from_cell(value) if isinstance(value, int | float) else value or ""
    text = unicodedata.normalize("NFKC", clean(written)).strip()
    if text in NO_CODE:
        return None
    day = _day(text)
    if day is None or not FIRST_DAY <= day <= LAST_DAY:
        raise BadInput(Text("“%(written)s” is not a date: write it like 2021-03-05.", written=text))
    return day


def trimmed(text: str) -> str:
    return text.strip(INVISIBLE)


def _from_number(number: float) -> Value:
    if abs(number) >= DESTROYED_FROM:
        return DestroyedNumber(f"{number:.14E}" if isinstance(number, float) else str(number))
    if number == int(number):
        return str(int(number))
    return repr(number)


def _day(text: str) -> date | None:
    if parts := COMPACT.fullmatch(text) or WRITTEN.fullmatch(text):
        return _valid(int(parts[1]), int(parts[2]), int(parts[3]))
    if SERIAL.fullmatch(text) and FIRST_SERIAL <= float(text) <= LAST_SERIAL:
        return SERIAL_EPOCH + timedelta(days=int(float(text)))
    return None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

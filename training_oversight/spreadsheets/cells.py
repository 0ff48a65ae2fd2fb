"""What a cell says: text, a day, or nothing that can be used."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from training_oversight.errors import BadInput
from training_oversight.spreadsheets.unusable import (
    DamagedText,
    DestroyedNumber,
    ErrorCell,
    Picture,
    Unusable,
)

# From when a workbook counts its days; Excel takes 1900 for a leap year.
EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
# Numbers that are days if anything, and those that are years.
FIRST_SERIAL, LAST_SERIAL = 10_000, 99_999
FIRST_YEAR, LAST_YEAR = 1900, 2200
# Excel keeps fifteen digits of a number. A code of sixteen or more that was
# typed as a number has lost its end for good.
DESTROYED_FROM = 1e15
# The same, as Excel writes it into a .csv: 9.15E+17.
SCIENTIFIC = re.compile(r"-?\d(\.\d+)?E\+\d{2,3}", re.IGNORECASE)
# What a formula says that could not be computed, in any language of Excel and WPS.
ERROR = re.compile(
    r"#(N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!"
    r"|UNKNOWN!|GETTING_DATA)|Err:\d{3}"
)
# What stands for a sign that could not be read.
LOST = "\ufffd"
# The formula by which WPS and Excel show a picture in a cell, where it is only its text.
DRAWN = re.compile(r"=?(?:_xlfn\.)?(?:DISPIMG|IMAGE)\(", re.IGNORECASE)
SUSPECT = frozenset({"E", "=", "_", "D", "I"})
# A text forced with a formula, ="0012", and one forced with an apostrophe, '=A1.
FORCED_TEXT = re.compile(r'="(.*)"', re.DOTALL)
# A spreadsheet program takes for a formula what begins so, and a Chinese one also what is as wide
# as a character. ``disarmed`` puts an apostrophe before it; who reads it takes that away again.
ARMED = re.compile(r"'*\s*[=+\-@＝＋－＠]")
DISARMED = re.compile(r"'+\s*[=+\-@＝＋－＠]")

INVISIBLE = (
    " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
    # What neither a database nor a workbook can hold.
    "\x00\ufffe\uffff"
)
_WITHOUT_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
# What people write where a code should stand when there is none.
NO_CODE = frozenset(
    {
        *("", "/", "\\", "—", "——", "-", "--", "---", "―", "─", "_", "×", "x"),
        *("n/a", "na", "null", "none", "nil", "空", "空白", "不详"),
        *(
            "无",
            "暂无",
            "没有",
            "无证",
            "无照",
            "无此证",
            "无(办理中)",
            "未取得",
            "尚未取得",
            "未领取",
        ),
        *(
            "办理中",
            "正在办理",
            "正在办理中",
            "在办",
            "申请中",
            "审批中",
            "未办",
            "未办证",
            "未办理",
        ),
        *("尚未办理", "待办", "待办理", "待定", "待补", "待填", "未提供"),
    }
)


class NumberSince1904(str):
    """A number in a workbook that counts its days from 1904: read as a day, it is another one."""

    __slots__ = ()

    @property
    def day(self) -> date | None:
        """The day that it is, if it is one of this or the last century."""
        number = float(self)
        return since(EPOCH_1904, number) if FIRST_SERIAL <= number <= LAST_SERIAL else None


Value = str | date | Unusable


def from_cell(raw: object) -> Value:
    """A cell of a workbook as text or a day."""
    return _BY_TYPE[type(raw)](raw)


def from_cells(raw: Iterable[object]) -> list[Value]:
    """A row of a workbook. There may be millions of cells."""
    return [_BY_TYPE[type(cell)](cell) for cell in raw]


def from_cell_since_1904(raw: object) -> Value:
    """The same in a workbook whose first day is in 1904."""
    if isinstance(raw, date):
        return from_day(raw, EPOCH_1904)
    value = from_cell(raw)
    if type(raw) in (int, float) and isinstance(value, str):
        return NumberSince1904(value)
    return value


def from_day(day: date, epoch: date = EPOCH) -> Value:
    """A day; or the year that somebody typed into a cell that shows days: 2021 is one of 1905."""
    whole = day.date() if isinstance(day, datetime) else day
    number = (whole - epoch).days
    return str(number) if FIRST_YEAR <= number <= LAST_YEAR else whole


def since(epoch: date, number: float) -> date:
    return epoch + timedelta(days=int(number))


def from_text(raw: str) -> Value:
    """A field of a .csv, without what spreadsheets wrap around texts."""
    text = trimmed(raw)
    if forced := FORCED_TEXT.fullmatch(text):
        return trimmed(forced[1])
    if DISARMED.match(text):
        inside = trimmed(text[1:])
        return Picture(inside) if DRAWN.match(inside) else inside
    return _from_text(text)


def clean(value: Value) -> str:
    """The text of a cell, trimmed of every kind of space. Raises for what cannot be used."""
    if isinstance(value, Unusable):
        raise BadInput(value.reason)
    return value.isoformat() if isinstance(value, date) else trimmed(value)


def clean_code(value: Value) -> str:
    """A code in plain half-width characters without spaces; "" where there is none yet."""
    code, before = clean(value), None
    # Folding may uncover a space, and taking out a space may bring together what folds.
    while code != before:
        before = code
        code = "".join(unicodedata.normalize("NFKC", code).translate(_WITHOUT_INVISIBLE).split())
    return "" if code.casefold() in NO_CODE else code


def disarmed(text: str) -> str:
    return f"'{text}" if ARMED.match(text) else text


def trimmed(text: str) -> str:
    return text.strip(INVISIBLE)


def _other(raw: object) -> Value:
    return "" if raw is None else _from_text(str(raw))


def _from_text(raw: str) -> Value:
    text = raw.strip(INVISIBLE)
    # Nearly no text has one of these.
    if "#" in text or "+" in text or LOST in text or text[:1] in SUSPECT:
        return _judged(text)
    return text


def _judged(text: str) -> Value:
    if LOST in text:
        return DamagedText(text)
    if DRAWN.match(text):
        return Picture(text)
    if ERROR.fullmatch(text):
        return ErrorCell(text)
    if SCIENTIFIC.fullmatch(text):
        return DestroyedNumber(text)
    return text


def _from_number(number: float) -> Value:
    if not math.isfinite(number):
        return ErrorCell("#NUM!")
    if abs(number) >= DESTROYED_FROM:
        return DestroyedNumber(f"{number:.15G}")
    if number == int(number):
        return str(int(number))
    # Fifteen digits, as Excel shows them: 0.3 and not 0.30000000000000004.
    return _plain(f"{number:.15g}")


def _plain(digits: str) -> str:
    """A number without the E that Python, too, writes into very small ones."""
    return f"{float(digits):.20f}".rstrip("0") if "e" in digits else digits


def _from_duration(raw: timedelta) -> Value:
    minutes, seconds = divmod(int(raw.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def _from_time(raw: time) -> Value:
    return raw.isoformat("seconds" if raw.second else "minutes")


class _ByType(dict[type, Callable[..., Value]]):
    def __missing__(self, _type: type) -> Callable[..., Value]:
        return _other


_BY_TYPE = _ByType(
    {
        str: _from_text,
        float: _from_number,
        int: _from_number,
        bool: lambda raw: "TRUE" if raw else "FALSE",
        datetime: from_day,
        date: from_day,
        time: _from_time,
        timedelta: _from_duration,
    }
)

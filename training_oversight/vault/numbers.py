"""By which numbers and addresses somebody can be reached or known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from stdnum import luhn
from stdnum.cn import uscc

from training_oversight.law.identifiers import is_registering
from training_oversight.law.personal_numbers import is_personal
from training_oversight.vault.marking import Folded, Mark, MarkKind

# What people put between the figures of one number.
GAP = r"[\s\-‐-―_.·•~]{0,2}"
# Between its three parts anything that is neither figure, letter nor character.
PART = r"[^\w*]{0,3}"
MOBILE = re.compile(
    rf"(?:(?:\+|00)?86{GAP})?1{GAP}[3-9](?:{GAP}\d){{9}}"
    rf"|1[3-9]\d{PART}\d{{4}}{PART}\d{{4}}|1[3-9]\d{PART}\d{{3}}{PART}\d{{5}}"
)
LANDLINE = re.compile(
    rf"\(?0\d{{2,3}}\)?{GAP}[2-9]\d{{2,3}}{GAP}\d{{4}}(?:\s?(?:转|-)\s?\d{{1,5}})?"
)
# Without the area's code, in one piece or after a word that says what it is.
LOCAL = re.compile(
    r"(?<![A-Za-z])[2-9]\d{6,7}(?![A-Za-z]|[\d.]*\s?[元万块千百亿人名平㎡米年月日号条%])"
)
TOLD = re.compile(
    r"(?:电话|座机|手机|号码|联系|拨打|致电|回电|打给|tel|phone)[^\d*]{0,6}"
    rf"([2-9]\d{{2,3}}{GAP}\d{{4}})",
    re.IGNORECASE,
)
LAST_FIGURES = re.compile(r"尾号[^\d*]{0,3}(\d{4})")
IDENTITY = re.compile(rf"[1-9](?:{GAP}\d){{16}}{GAP}[\dXx]")
# Out of use since 2013, and remembered: six of a place, the day of birth, three of an order.
FORMER_IDENTITY = re.compile(r"[1-9]\d{5}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}")
PROVINCES = frozenset(
    (
        *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36"),
        *("37", "41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62"),
        *("63", "64", "65", "71", "81", "82", "83", "91"),
    )
)
ACCOUNT = re.compile(rf"\d(?:{GAP}\d){{15,18}}")
MAIL = re.compile(
    r"[A-Za-z0-9._%+-]+\s?(?:@|[(\[#]at[)\]#]|艾特)\s?[A-Za-z0-9-]+(?:\s?(?:\.|点)\s?[A-Za-z0-9-]+)+",
    re.IGNORECASE,
)
IS = r"(?:号码|号|id)?\s?[是为:=,]?\s?"
WECHAT = re.compile(
    r"(?:[微威薇徽维]\s?信|卫星|v信|(?<![a-z])[vw]x|[+加]\s?[v微]|we\s?chat|weixin)"
    rf"{IS}([A-Za-z][A-Za-z0-9_-]{{4,19}}|\d{{5,12}})",
    re.IGNORECASE,
)
QQ = re.compile(rf"(?:qq|扣扣|企鹅|球球){IS}(\d(?:{GAP}\d){{4,11}})", re.IGNORECASE)
PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Za-z][\s·•.-]?"
    r"(?=[A-Za-z]{0,4}\d)[A-HJ-NP-Za-hj-np-z0-9]{4,5}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳]"
)


def marks(text: Folded) -> Iterator[Mark]:
    """In no order; one place may be marked twice."""
    for pattern, kind in (
        *((MAIL, MarkKind.MAIL), (WECHAT, MarkKind.CHAT), (PLATE, MarkKind.PLATE)),
    ):
        yield from text.found(pattern, kind)
    for figures in dict.fromkeys((text.plain, text.figures)):
        yield from text.found(QQ, MarkKind.CHAT, within=figures)
        yield from text.found(TOLD, MarkKind.PHONE, within=figures)
        yield from text.found(LAST_FIGURES, MarkKind.PHONE, within=figures)
        for pattern, kind in (
            *((MOBILE, MarkKind.PHONE), (LANDLINE, MarkKind.PHONE), (LOCAL, MarkKind.PHONE)),
            *((IDENTITY, MarkKind.IDENTITY), (FORMER_IDENTITY, MarkKind.IDENTITY)),
            (ACCOUNT, MarkKind.ACCOUNT),
        ):
            yield from _whole(text, figures, pattern, kind)


def _whole(text: Folded, figures: str, pattern: re.Pattern[str], kind: MarkKind) -> Iterator[Mark]:
    """The numbers that are no part of a longer one, and are what they look like."""
    start = 0
    while one := pattern.search(figures, start):
        start = one.start() + 1
        if not _continues(text.plain, one) and _is(kind, pattern, one[0]):
            yield text.mark(*one.span(), kind)
            start = one.end()


def _continues(plain: str, one: re.Match[str]) -> bool:
    """Whether figures go on before or behind it: 0 to 9 as written, for 周一138… ends a word."""
    first, last = one.span()
    before = plain[first - 1 : first] if plain[first].isdigit() else ""
    behind = plain[last : last + 1] if plain[last - 1].isdigit() else ""
    return before.isdecimal() or behind.isdecimal()


def _is(kind: MarkKind, pattern: re.Pattern[str], written: str) -> bool:
    number = re.sub(r"[^0-9A-Z]", "", written.upper())
    if pattern is LOCAL:
        return not _is_day(number)
    match kind:
        case MarkKind.IDENTITY:
            known = number[:2] in PROVINCES or is_personal(number)
            return known and not _is_companys(number)
        case MarkKind.ACCOUNT:
            return luhn.is_valid(number) and not _is_companys(number)
        case _:
            return True


def _is_companys(number: str) -> bool:
    """Whether it is the credit code of an institution, which anybody may read."""
    return uscc.is_valid(number) and is_registering(number) and not is_personal(number)


def _is_day(number: str) -> bool:
    """20260501 is written for a day."""
    try:
        date(int(number[:4]), int(number[4:6]), int(number[6:]))
    except ValueError:
        return False
    return number.startswith("20")

"""Numbers of identity cards: found wherever they stand, so that none is kept and none repeated.

18 characters (GB 11643-1999, and the cards of foreigners since 2023): six of a place, the day of
birth, three of an order, one to check. Those of 15 went out of use in 2013 and are not looked for:
licences and the old numbers of firms have as many.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

LENGTH = 18
BORN = slice(6, 14)
# Year, month and day in that. Nobody alive was born before the first year.
PARTS = ((0, 4), (4, 6), (6, 8))
FIRST_YEAR, LAST_YEAR = 1900, 2099
PERSONAL = re.compile(r"\d{17}[\dX]")
# The same inside a text, with the spaces that people put in. A part of a longer number is none.
WITHIN = re.compile(r"(?<![0-9A-Za-z])(?:\d[ -]?){17}[\dXx](?![0-9A-Za-z])")
# Codes of companies begin so; of persons' numbers only those on the cards of foreigners do.
COMPANIES = "9"


def is_personal(number: str) -> bool:
    """Whether a number without spaces is a person's.

    Where a company's number has a day at the same place, the two check characters decide.
    """
    if not PERSONAL.fullmatch(number) or not number.isascii() or not _is_day(number[BORN]):
        return False
    is_companys = number.startswith(COMPANIES) and uscc.is_valid(number)
    return not is_companys or mod_11_2.is_valid(number)


def without_personal(text: str) -> str:
    """The text without the numbers of persons; the same text where there is none."""
    if len(text) < LENGTH:
        return text
    folded = unicodedata.normalize("NFKC", text)
    found = [one.span() for one in WITHIN.finditer(folded) if is_personal(_bare(one[0]))]
    # The text stays as it was typed, unless folding it has changed its length: then the places
    # of the numbers are those in the folded text.
    left = text if len(folded) == len(text) else folded
    for start, end in reversed(found):
        left = left[:start] + left[end:]
    return left.strip() if found else text


def hides_personal(rounded: str) -> bool:
    """Whether a number that a spreadsheet rounded, 5.00101198709080E+17, still tells the birth."""
    try:
        digits = f"{int(Decimal(rounded))}"
    except (ArithmeticError, ValueError):
        return False
    return len(digits) == LENGTH and _is_day(digits[BORN])


def _bare(written: str) -> str:
    return written.replace(" ", "").replace("-", "").upper()


def _is_day(digits: str) -> bool:
    try:
        return FIRST_YEAR <= date(*(int(digits[a:b]) for a, b in PARTS)).year <= LAST_YEAR
    except ValueError:
        return False

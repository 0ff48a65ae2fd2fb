"""Texts and telephone numbers as people type them, in one spelling.

Cleaning twice changes nothing.
"""

from __future__ import annotations

import re
import unicodedata

from training_oversight.errors import BadInput
from training_oversight.spreadsheets import Value, clean, clean_code
from training_oversight.spreadsheets.cells import INVISIBLE, NO_CODE
from training_oversight.texts import Text

LONGEST_NAME, LONGEST, LONGEST_NOTE = 200, 500, 2000
# What says that there is something, or that it stands elsewhere, but not what it is.
ELSEWHERE = frozenset(
    {
        *("有", "是", "√", "✓", "✔", "☑", "已有", "具有", "有证", "已办", "已办理", "已办证"),
        *("已取得", "教民", "同意", "同上", "略", "另附", "附件", "见附件", "详见附件", "附后"),
        *("见附表", "详见附表", "见备注"),
    }
)
LONGEST_NOTHING = max(map(len, NO_CODE | ELSEWHERE))
# Letters and digits of full width, and the wide space. Brackets and commas stay: they are Chinese.
NARROWED = {
    **{code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))},
    **{code: code - 0xFEE0 for code in range(0xFF41, 0xFF5B)},
    **dict.fromkeys(map(ord, INVISIBLE), " "),
    **dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u180e\u200e\u200f"), None),
    **dict.fromkeys(map(ord, "\x00\ufffe\uffff"), None),
}
# A text like this is in its one spelling already; nearly all are.
ALREADY_PLAIN = re.compile("[!-~\u4e00-\u9fff（），。、：；“”《》〔〕·—]*")
BETWEEN_CHARACTERS = re.compile("(?<=[\u3400-\u9fff）)]) +(?=[\u3400-\u9fff（(])")

MOBILE = re.compile(r"1\d{10}")
COUNTRY = re.compile(r"(?:\+|00)?86[- ]?(?=1\d{10}|0?\d{2,3}-?\d{7,8})")
LANDLINE = re.compile(r"\(?(0\d{2,3})\)?[- ]*(\d{7,8})")
SERVICE = re.compile(r"[48]00\d{7}|\d{7,8}|1\d{4}|9\d{4}")
EXTENSION = re.compile(r"(.+?)[- (]*(?:转|分机|ext\.?|-)[- ]*(\d{1,6})\)?", re.IGNORECASE)
NO_TELEPHONE = Text("The phone number does not look like one; it is kept as written.")
BETWEEN_NUMBERS = re.compile(r"[、,;/|]+|(?<=\d{7})\s+(?=[1(+0]\d)")


def one_spelling(text: str) -> str:
    """Half-width letters and digits, single spaces, nothing invisible."""
    if ALREADY_PLAIN.fullmatch(text):
        return text
    before = None
    while text != before:
        before = text
        text = " ".join(unicodedata.normalize("NFC", text).translate(NARROWED).split())
    return text


def says_nothing(text: str) -> bool:
    """What people write where there is nothing to write: 无, /, 办理中."""
    return len(text) <= LONGEST_NOTHING and text.casefold() in NO_CODE


def plain(cell: Value, longest: int = LONGEST) -> str:
    """The text of a cell; "" where it says nothing, or only that there is something.

    Raises ``BadInput``.
    """
    text = note(cell, longest)
    return "" if text in ELSEWHERE else text


def note(cell: Value, longest: int = LONGEST) -> str:
    """The same of a note, which may point elsewhere."""
    text = one_spelling(clean(cell))
    if len(text) > longest:
        raise BadInput(
            Text(
                "at most %(limit)s characters, these are %(found)s.", limit=longest, found=len(text)
            )
        )
    return "" if says_nothing(text) else text


def close(cell: Value, longest: int = LONGEST) -> str:
    """The same without the spaces that stretch a name: 王　明, 文澜路 8号."""
    text = plain(cell, longest)
    return BETWEEN_CHARACTERS.sub("", text) if " " in text else text


def read_telephone(cell: Value) -> tuple[str | None, Text | None]:
    """The numbers as the register keeps them, typed or imported, and what is doubtful there."""
    text = plain(cell)
    if not text or not clean_code(text):
        return None, None
    number = telephone(text)
    return (number, None) if number else (text, NO_TELEPHONE)


def telephone(text: str) -> str | None:
    """One or several numbers, written plainly; nothing if they are not such."""
    folded = unicodedata.normalize("NFKC", text).replace("－", "-").replace("—", "-")
    numbers = [_number(part.strip()) for part in BETWEEN_NUMBERS.split(folded) if part.strip()]
    if not numbers or None in numbers:
        return None
    return "、".join(dict.fromkeys(number for number in numbers if number))


def _number(written: str) -> str | None:
    whole = written.removesuffix(".0")
    if (found := _subscriber(whole)) is not None:
        return found
    parts = EXTENSION.fullmatch(whole)
    called = _subscriber(parts[1]) if parts else None
    return f"{called}转{parts[2]}" if parts and called else None


def _subscriber(written: str) -> str | None:
    bare = COUNTRY.sub("", written, count=1)
    # The country may stand before figures that are set in groups.
    digits = COUNTRY.sub("", re.sub(r"[- ]", "", bare), count=1)
    if MOBILE.fullmatch(digits) or SERVICE.fullmatch(digits):
        return digits
    line = LANDLINE.fullmatch(bare) or LANDLINE.fullmatch(digits)
    return f"{line[1]}-{line[2]}" if line else None

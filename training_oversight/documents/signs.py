"""Which signs a paper can show: a notice must not misspell a name."""

from __future__ import annotations

import functools
import re
from typing import Final

import typst

from training_oversight.documents import setting
from training_oversight.errors import BadInput
from training_oversight.texts import Text

# Control signs, and what is seen nowhere though it stands in a text: copied from a chat or a web
# page it comes along with names, turns the direction of writing, or fits between two signs.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff"
    "\ud800-\udfff]"
)
# What somebody's own program means by these, no other program knows: a face that has a sign there
# has another one (U+E000 came out as “fb”).
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_REFUSED = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# 〓, by which Chinese printers mark a character that they do not have.
GETA: Final = "\u3013"
# Unicode has these two signs of GB/T 2312 twice, and Python's table has the other form of them.
_SPELT_OTHERWISE = str.maketrans("·—", "・―")


def printable(text: str) -> str:
    """Without characters that have no printed form."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def missing(text: str) -> str:
    """The characters of a text that no face here has, each once."""
    private = PRIVATE.findall(text)
    rest = PRIVATE.sub("", printable(text))
    rare = "\n".join(dict.fromkeys(line for line in rest.split("\n") if not _common(line)))
    return "".join(dict.fromkeys([*private, *_found_missing(rare)]))


def marked(text: str, *, lacking: str, by: str) -> str:
    """A text that can be printed, with a mark for each character that is lacking."""
    return "".join(by if one in lacking else one for one in printable(text))


def cannot_be_printed(characters: str) -> BadInput:
    return BadInput(
        Text(
            "This document cannot be printed: no font here has “%(characters)s”. Correct the"
            " text, or ask the system administrator to add a font that has it.",
            characters=characters,
        )
    )


def _common(text: str) -> bool:
    """Whether all is of GB/T 2312 and so in the carried face, as a test holds."""
    try:
        text.translate(_SPELT_OTHERWISE).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@functools.lru_cache(maxsize=64)
def _found_missing(text: str) -> str:
    """Set in type on trial, again without what was found: typst may name the first of them."""
    found = ""
    while text:
        try:
            setting.compiled("documents/trial.typ", {"text": text})
        except typst.TypstError as error:
            refused = _refused(error)
            if not refused:
                raise
            found += refused
            text = "".join(one for one in text if one not in refused)
        else:
            break
    return found


def _refused(error: typst.TypstError) -> str:
    """The characters that typst says it cannot show, each once."""
    named = "".join(_REFUSED.findall(error.diagnostic))
    plain = _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), named)
    return "".join(dict.fromkeys(plain))

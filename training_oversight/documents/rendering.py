"""PDF by typst. Content travels as data, so nothing that was typed can act as typst source."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

import typst

from training_oversight.documents import typefaces
from training_oversight.documents.content import Json, canonical_json
from training_oversight.errors import BadInput
from training_oversight.texts import Text

TEMPLATES = Path(__file__).parents[2] / "templates"

# Archive form. It also makes typst refuse a character that no face has, which
# it would otherwise print as an empty box: in a person's name, of all places.
STANDARD: Final = "a-2b"

# Control signs, and what is seen nowhere though it stands in a text: copied from a chat or a web
# page it comes along with names, turns the direction of writing, or fits between two signs.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff"
    "\ud800-\udfff]"
)
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# 〓, by which Chinese printers mark a character that they do not have.
GETA: Final = "\u3013"


def render(template_name: str, content: Json, *, instead: str = "") -> bytes:
    """A PDF of frozen content; the same content gives the same bytes.

    ``template_name`` is a path under ``templates/``, as in ``NoticeContent.TEMPLATE``. Raises
    ``BadInput`` for a character that no font here has: a notice must not misspell a name. For
    a paper of the office's own, ``instead`` is what is printed in its place.
    """
    typefaces_known = json.dumps(typefaces.families())
    said = _each_text(content, _printable)
    while True:
        inputs = {"content": canonical_json(said), "typefaces": typefaces_known}
        try:
            return _compiled(TEMPLATES / template_name, inputs)
        except typst.TypstError as error:
            missing = _missing(error)
            if not missing:
                raise
            before, said = said, _each_text(said, partial(_replaced, missing=missing, by=instead))
            if not instead or said == before:
                raise _cannot_be_printed(missing) from error


def _missing(error: typst.TypstError) -> str:
    """The characters that no font here has, each once."""
    found = "".join(_MISSING.findall(error.diagnostic))
    plain = _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), found)
    return "".join(dict.fromkeys(plain))


def _cannot_be_printed(missing: str) -> BadInput:
    return BadInput(
        Text(
            "This document cannot be printed: no font here has “%(characters)s”. Correct the"
            " text, or ask the system administrator to add a font that has it.",
            characters=missing,
        )
    )


def _compiled(template: Path, inputs: dict[str, str]) -> bytes:
    return typst.compile(
        str(template),
        root=str(TEMPLATES),
        font_paths=typefaces.shared(),
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=STANDARD,
        timestamp=0,
    )


def _printable(text: str) -> str:
    """Without characters that have no printed form."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _replaced(text: str, *, missing: str, by: str) -> str:
    return "".join(by if one in missing else one for one in text)


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    """The same content with every text in it changed."""
    match value:
        case str():
            return change(value)
        case dict():
            return {name: _each_text(member, change) for name, member in value.items()}
        case list() | tuple():
            return [_each_text(member, change) for member in value]
        case _:
            return value

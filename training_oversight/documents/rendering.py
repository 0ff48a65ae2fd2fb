"""PDF by typst. Content travels as data, so nothing that was typed can act as typst source."""

from __future__ import annotations

import json
import re
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

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')


def render(template_name: str, content: Json) -> bytes:
    """A PDF of frozen content; the same content gives the same bytes.

    ``template_name`` is a path under ``templates/``, as in ``NoticeContent.TEMPLATE``.
    """
    inputs = {
        "content": canonical_json(_printable(content)),
        "typefaces": json.dumps(typefaces.families()),
    }
    try:
        return _compiled(TEMPLATES / template_name, inputs)
    except typst.TypstError as error:
        missing = "".join(dict.fromkeys(_MISSING.findall(error.diagnostic)))
        if not missing:
            raise
        raise BadInput(
            Text(
                "This document cannot be printed: no font here has “%(characters)s”. Correct the"
                " text, or ask the system administrator to add a font that has it.",
                characters=missing,
            )
        ) from error


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


def _printable(value: Any) -> Any:
    """The same content without control characters, which have no printed form."""
    match value:
        case str():
            return _UNPRINTABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
        case dict():
            return {name: _printable(member) for name, member in value.items()}
        case list() | tuple():
            return [_printable(member) for member in value]
        case _:
            return value

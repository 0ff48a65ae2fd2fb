"""Typst, as every paper is set by it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypedDict

import typst

from training_oversight.documents import typefaces
from training_oversight.documents.blocks import DEMO_HEAD, PAGE_FOOT

TEMPLATES = Path(__file__).parents[2] / "templates"
# Archive form. It also makes typst refuse a character that no face has, which
# it would otherwise print as an empty box: in a person's name, of all places.
STANDARD: Final = "a-2b"
# A last page that is used less than this, in millimetres, is spared if that can be.
FEW_LINES: Final = 70
# How close lines and margins may come, in steps: at the last a page has five lines more.
TIGHTER: Final = (1, 2, 3)


def fitted(template_name: str, inputs: Mapping[str, str]) -> bytes:
    """A PDF whose last page is no page for a few lines, if closer lines can spare it."""
    usual = _end(template_name, inputs)
    if usual["page"] == 1 or usual["down"] > FEW_LINES:
        return compiled(template_name, inputs)
    for tight in TIGHTER:
        closer = {**inputs, "tight": str(tight)}
        if _end(template_name, closer)["page"] < usual["page"]:
            return compiled(template_name, closer)
    return compiled(template_name, inputs)


def compiled(template_name: str, inputs: Mapping[str, str]) -> bytes:
    """A PDF of a template below ``templates/``; what was typed comes in as data only."""
    return typst.compile(
        str(TEMPLATES / template_name),
        root=str(TEMPLATES),
        font_paths=typefaces.shared(),
        format="pdf",
        sys_inputs=_with_frame(inputs),
        pdf_standards=STANDARD,
        timestamp=0,
    )


class _End(TypedDict):
    """Where a paper ends: its last page, and how many millimetres of that are used."""

    page: int
    down: float


def _end(template_name: str, inputs: Mapping[str, str]) -> _End:
    said = typst.query(
        str(TEMPLATES / template_name),
        "<end>",
        field="value",
        one=True,
        root=str(TEMPLATES),
        font_paths=typefaces.shared(),
        sys_inputs=_with_frame(inputs),
    )
    end: _End = json.loads(said)
    return end


def _with_frame(inputs: Mapping[str, str]) -> dict[str, str]:
    return {
        "typefaces": json.dumps(typefaces.families()),
        "frame": json.dumps({"foot": PAGE_FOOT, "demo": DEMO_HEAD}),
        "tight": "0",
        **inputs,
    }

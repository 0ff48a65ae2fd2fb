"""Typst, as every paper is set by it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import typst

from training_oversight.documents import typefaces
from training_oversight.documents.blocks import DEMO_HEAD, PAGE_FOOT

TEMPLATES = Path(__file__).parents[2] / "templates"
# Archive form. It also makes typst refuse a character that no face has, which
# it would otherwise print as an empty box: in a person's name, of all places.
STANDARD: Final = "a-2b"


def compiled(template_name: str, inputs: Mapping[str, str]) -> bytes:
    """A PDF of a template below ``templates/``; what was typed comes in as data only."""
    return typst.compile(
        str(TEMPLATES / template_name),
        root=str(TEMPLATES),
        font_paths=typefaces.shared(),
        format="pdf",
        sys_inputs={
            "typefaces": json.dumps(typefaces.families()),
            "frame": json.dumps({"foot": PAGE_FOOT, "demo": DEMO_HEAD}),
            **inputs,
        },
        pdf_standards=STANDARD,
        timestamp=0,
    )

"""The faces that documents are set in: the one carried here, and a county's licensed ones."""

from __future__ import annotations

import functools
import os
from pathlib import Path

import typst

CARRIED = Path(__file__).parent / "fonts"

# 仿宋 is the face of official documents but is sold, not given away. A county
# that owns it names the folder in FONTS_DIR; the carried face has every
# character that such faces lack, so it always comes last.
PREFERRED = ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "FandolFang R")
ALWAYS = "Noto Serif CJK SC"


@functools.cache
def shared() -> typst.Fonts:
    """Every face, read once for the process: reading them again costs a second and memory."""
    licensed = os.environ.get("FONTS_DIR", "")
    folders = [str(CARRIED), licensed] if licensed else [str(CARRIED)]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


@functools.cache
def families() -> tuple[str, ...]:
    """Family names in the order in which a character is looked for."""
    found = set(shared().families())
    return (*(name for name in PREFERRED if name in found), ALWAYS)

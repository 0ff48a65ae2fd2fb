"""Which version of a record a form was opened on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wtforms import HiddenField

from training_oversight.database import UNSEEN

# As many figures as a key or a version can ever have.
SEEN = re.compile(r"[0-9]{1,18}")


class VersionField(HiddenField):  # type: ignore[misc]
    """Which version of the record the officer was looking at; only what was sent says it.

    The library would keep what the form was made with, the present one, where nothing is sent.
    """

    def process_formdata(self, valuelist: Sequence[object]) -> None:
        self.data = valuelist[0] if valuelist else ""

    @property
    def seen(self) -> int:
        """The number, or ``UNSEEN``: what does not say what it has seen is never up to date."""
        typed = str(self.data or "")
        return int(typed) if SEEN.fullmatch(typed) else UNSEEN

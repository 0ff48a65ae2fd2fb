"""A page of settings that an upper area keeps, as a line among the county's settings."""

from __future__ import annotations

from dataclasses import dataclass

from training_oversight.texts import Text
from training_oversight.web.listings import Contribution


@dataclass(frozen=True)
class SettingsLine(Contribution):
    """``endpoint`` is the page; ``about`` says in a sentence what is set there."""

    label: Text
    about: Text
    endpoint: str

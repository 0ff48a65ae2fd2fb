"""The lines of the menus: what an area hands in for the left navigation and the name menu."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from training_oversight.texts import Text
from training_oversight.web.listings import Contribution


class NavGroup(IntEnum):
    """The groups of the left navigation, from the top."""

    DESK = 0
    LEDGERS = 1
    COMPLAINTS = 2
    ENFORCEMENT = 3
    PUBLICATION = 4
    SETTINGS = 5


@dataclass(frozen=True)
class NavEntry(Contribution):
    """A menu line. ``active`` are the blueprints whose pages light it up.

    The figure behind it, what waits there for the officer, is counted by the desk.
    """

    label: Text
    endpoint: str
    permission: StrEnum
    group: NavGroup
    order: int = 0
    active: frozenset[str] = frozenset()


@dataclass(frozen=True)
class MenuEntry(Contribution):
    """A line of the officer's own menu, for everybody who is signed in."""

    label: Text
    endpoint: str

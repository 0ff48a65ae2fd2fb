"""The orders that a list offers: those for which it has an index, and no others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from training_oversight.web.paging import Key

DOWN = "-"


@dataclass(frozen=True)
class Sorted:
    """The order that an address asks for."""

    name: str
    descending: bool
    keys: Sequence[Key]
    # The whole list's first order: it needs no word in the address.
    first: str

    def by(self) -> list[Any]:
        """For a list that is not paged."""
        return [key.column.desc() if key.descending else key.column.asc() for key in self.keys]

    def head(self, name: str, address: Callable[[str | None], str]) -> tuple[str, str | None]:
        """For the head of a column: the address of its order, and how it is sorted by it now."""
        here = name == self.name
        wanted = f"{DOWN}{name}" if here and not self.descending else name
        url = address(None if wanted == self.first else wanted)
        return url, ("descending" if self.descending else "ascending") if here else None


class Orders:
    """Name -> sort keys, rising; the first is the order of an address that asks for none.

    Falling, every key falls, so that the same index serves.
    """

    def __init__(self, **orders: Sequence[Key]) -> None:
        self._orders = orders
        self.first = next(iter(orders))

    def asked(self, text: str) -> Sorted:
        descending, name = text.startswith(DOWN), text.removeprefix(DOWN)
        if name not in self._orders:
            descending, name = False, self.first
        keys = [
            replace(key, descending=key.descending is not descending) for key in self._orders[name]
        ]
        return Sorted(name, descending, keys, self.first)

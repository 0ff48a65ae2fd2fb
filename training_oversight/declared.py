"""What areas make known where there is no app: kinds of events, of work, of messages.

A service, a job or a constraint needs them, so they are known as soon as the module that does the
work is imported. What pages show is handed to the app instead (``web.contributions``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

Kind = TypeVar("Kind")


class Declared(Mapping[str, Kind], Generic[Kind]):
    """Kinds by their code, which ``code`` reads from a kind, in the order of declaring."""

    def __init__(self, code: Callable[[Kind], str]) -> None:
        self._code = code
        self._kinds: dict[str, Kind] = {}

    def declare(self, kind: Kind) -> Kind:
        """Make it known. Raises ``ValueError`` where the code means another kind already."""
        code = self._code(kind)
        if self._kinds.setdefault(code, kind) != kind:
            raise ValueError(f"{code} is declared twice")
        return kind

    def forget(self, code: str) -> None:
        """For a test that declares a kind of its own."""
        del self._kinds[code]

    def __getitem__(self, code: str) -> Kind:
        return self._kinds[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)

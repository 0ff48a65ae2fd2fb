"""Taking turns within a process, at what needs much of the processor or the memory.

Requests have few threads. Whoever waits holds one, so only some may wait, and not for long: the
others hear at once that they may press again, and pages that need no turn stay quick.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from training_oversight.errors import Busy
from training_oversight.texts import Text


class Turns:
    """One at a time, ``waiting`` more behind it for at most ``seconds`` each."""

    def __init__(self, sentence: Text, *, waiting: int, seconds: float) -> None:
        self._sentence, self._seconds = sentence, seconds
        self._door = threading.BoundedSemaphore(1 + waiting)
        self._turn = threading.BoundedSemaphore(1)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Raises ``Busy`` when it is nobody else's turn for too long."""
        if not self._door.acquire(blocking=False):
            raise Busy(self._sentence)
        try:
            if not self._turn.acquire(timeout=self._seconds):
                raise Busy(self._sentence)
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._door.release()

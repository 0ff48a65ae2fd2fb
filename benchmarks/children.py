"""Programs as processes of their own: what they took of the processor and of memory."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# The high-water mark of what the program itself holds; what it was forked from does not count.
MOST_HELD = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)
KILOBYTES = 1024


@dataclass(frozen=True)
class Run:
    """Processor time, which a busy machine does not lengthen, and the most memory held."""

    seconds: float
    megabytes: float
    # Of the database's server meanwhile.
    served: float = 0.0


def run(*words: str, served: Callable[[], float] = lambda: 0.0) -> Run:
    """Run this Python with these arguments, silently. Fails when it fails.

    ``served`` says what the database's server has used of the processor so far.
    """
    before = served()
    with _nowhere() as nowhere:
        silent = [(os.POSIX_SPAWN_DUP2, nowhere, 1), (os.POSIX_SPAWN_DUP2, nowhere, 2)]
        command = [sys.executable, *words]
        child = os.posix_spawn(sys.executable, command, os.environ, file_actions=silent)
    held, by_server = 0, 0.0
    while True:
        ended, status, used = os.wait4(child, os.WNOHANG)
        if ended:
            assert status == 0, words
            return Run(used.ru_utime + used.ru_stime, held / KILOBYTES, by_server)
        held = max(held, *_held(child))
        by_server = served() - before
        time.sleep(0.2)


@contextmanager
def _nowhere() -> Iterator[int]:
    descriptor = os.open(os.devnull, os.O_WRONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _held(process: int) -> tuple[int]:
    found = MOST_HELD.search(Path(f"/proc/{process}/status").read_text())
    return (int(found[1]) if found else 0,)

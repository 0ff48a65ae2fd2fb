"""Processor and wall time of what happens between two moments."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from training_oversight.database import Database

TICKS = os.sysconf("SC_CLK_TCK")
# utime and stime in /proc/…/stat, counted after the name, which may hold anything.
USED = slice(11, 13)


@dataclass
class Taken:
    """``processor`` is what a busy machine does not lengthen, of this process and the server's."""

    processor: float = 0.0
    wall: float = 0.0

    def __add__(self, other: Taken) -> Taken:
        return Taken(self.processor + other.processor, self.wall + other.wall)


class Stopwatch:
    """Measures one thing after another, with what the database's server did for it."""

    def __init__(self, held: Database) -> None:
        self.server = Server(held)

    @contextmanager
    def measuring(self) -> Iterator[Taken]:
        gc.collect()
        taken = Taken()
        before, began = self._processor(), time.perf_counter()
        yield taken
        taken.wall = time.perf_counter() - began
        taken.processor = self._processor() - before

    def _processor(self) -> float:
        return time.process_time() + self.server.used()


class Server:
    """The processes that serve a database. They must be on this machine."""

    def __init__(self, held: Database) -> None:
        self.engine = held.engine
        # What each was last seen to have used: some end before the others.
        self.seen: dict[int, int] = {}

    def used(self) -> float:
        """Seconds of the processor so far; none where the database is a file."""
        if self.engine.dialect.name == "postgresql":
            with self.engine.connect() as connection:
                found = connection.scalars(
                    sa.text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
                ).all()
            for process in found:
                self.seen[process] = max(_used(process), self.seen.get(process, 0))
        return sum(self.seen.values()) / TICKS


def _used(process: int) -> int:
    try:
        line = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return 0
    return sum(map(int, line.rpartition(")")[2].split()[USED]))

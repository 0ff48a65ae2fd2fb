"""Asking one server for one page, some at a time, and how long each answer took."""

from __future__ import annotations

import http.client
import statistics
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """Requests per second, and the time within which 95 of 100 were answered."""

    per_second: float
    p95_ms: float

    def __str__(self) -> str:
        return f"{self.per_second:7.0f}/s  p95 {self.p95_ms:6.1f} ms"


Once = Callable[[], None]


def measured(once: Once, *, at_a_time: int, seconds: float) -> Measured:
    """Do it over and over for a while, so many at a time."""
    return repeat(lambda: once, at_a_time=at_a_time, seconds=seconds)


def repeat(begin: Callable[[], Once], *, at_a_time: int, seconds: float) -> Measured:
    """The same, where each of those at a time begins with something of its own."""
    times: list[list[float]] = [[] for _ in range(at_a_time)]
    faults: list[BaseException] = []
    until = time.perf_counter() + seconds

    def keep_on(mine: list[float]) -> None:
        try:
            once = begin()
            while time.perf_counter() < until and not faults:
                began = time.perf_counter()
                once()
                mine.append(time.perf_counter() - began)
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=keep_on, args=(mine,)) for mine in times]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    if faults:
        sys.exit(str(faults[0]))
    every = sorted(each for mine in times for each in mine)
    return Measured(len(every) / took, statistics.quantiles(every, n=20)[-1] * 1000)


def ask(port: int, path: str, cookie: str, *, at_a_time: int, seconds: float) -> Measured:
    """Keep ``at_a_time`` connections busy for a while. Raises when an answer is not 200."""
    return repeat(lambda: _asking(port, path, cookie), at_a_time=at_a_time, seconds=seconds)


def _asking(port: int, path: str, cookie: str) -> Once:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def once() -> None:
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{path} answered {answer.status}")

    return once

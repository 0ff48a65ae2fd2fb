"""Asking one server for one page, some at a time, and how long each answer took."""

from __future__ import annotations

import http.client
import statistics
import sys
import threading
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """Requests per second, and the time within which 95 of 100 were answered."""

    per_second: float
    p95_ms: float

    def __str__(self) -> str:
        return f"{self.per_second:7.0f}/s  p95 {self.p95_ms:6.1f} ms"


def ask(port: int, path: str, cookie: str, *, at_a_time: int, seconds: float) -> Measured:
    """Keep ``at_a_time`` connections busy for a while. Raises when an answer is not 200."""
    times: list[list[float]] = [[] for _ in range(at_a_time)]
    until = time.perf_counter() + seconds
    faults: list[int] = []
    threads = [
        threading.Thread(target=_keep_asking, args=(port, path, cookie, until, mine, faults))
        for mine in times
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    if faults:
        sys.exit(f"{path} answered {faults[0]}")
    every = sorted(t for mine in times for t in mine)
    return Measured(len(every) / took, statistics.quantiles(every, n=20)[-1] * 1000)


def _keep_asking(
    port: int, path: str, cookie: str, until: float, times: list[float], faults: list[int]
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while time.perf_counter() < until and not faults:
        began = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        times.append(time.perf_counter() - began)
        if answer.status != http.HTTPStatus.OK:
            faults.append(answer.status)
    connection.close()

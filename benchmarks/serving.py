"""``serve`` with two workers, scheduler and supervisor: how soon it answers and what it holds.

Memory is the proportional share (PSS): what several processes hold together counts once.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from training_oversight import clock, database

ROOT = Path(__file__).parent.parent
SHARE = re.compile(r"^Pss:\s+(\d+) kB$", re.MULTILINE)
KILOBYTES = 1024
ASKED = 40
# The least that could stand there: this Python with the web framework and the tables' library.
BARE = "import flask, sqlalchemy.orm, time; time.sleep(60)"


def run() -> None:
    database.close_session()
    database.current_database().engine.dispose()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    began = clock.elapsed()
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ, stderr=subprocess.DEVNULL)
    try:
        _first_page(port)
        took = clock.elapsed() - began
        for _ in range(ASKED):
            _ask(port, "/sign-in")
        held = sum(_megabytes(one) for one in _all_of(process.pid))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()
    bare = _bare()
    print(f"serve: first page after {took:.1f} s")
    print(
        f"  all processes hold {held:.0f} MB   bare libraries {bare:.0f} MB   {held / bare:.1f} : 1"
    )


def _first_page(port: int) -> None:
    for _ in range(600):
        try:
            _ask(port, "/sign-in")
        except OSError:
            time.sleep(0.05)
        else:
            return
    sys.exit("the server did not come up")


def _ask(port: int, path: str) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        answer.read()


def _bare() -> float:
    process = subprocess.Popen([sys.executable, "-c", BARE])
    time.sleep(4)
    try:
        return _megabytes(process.pid)
    finally:
        process.kill()
        process.wait()


def _all_of(process: int) -> Iterator[int]:
    yield process
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _all_of(int(child))


def _megabytes(process: int) -> float:
    found = SHARE.search(Path(f"/proc/{process}/smaps_rollup").read_text())
    return int(found[1]) / KILOBYTES if found else 0

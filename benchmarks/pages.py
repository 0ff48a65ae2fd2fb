"""The list of 50 of 10,000 items with three filters, beside a bare Flask page."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import flask

from benchmarks import county, load
from training_oversight import clock, database
from training_oversight.accounts import guard, service

ITEMS = 10_000
SECONDS = 6.0
ROOT = Path(__file__).parent.parent
FILTERS = "/items?view=all&township={town}&type={type}&severity=serious"


def run(app: flask.Flask) -> None:
    print(f"List of 50 of {ITEMS:,} items, three filters, 2 workers of 4 threads")
    officer = county.build(ITEMS)
    signed_in = cookie(app, officer)
    path = os.environ.get("BENCH_PATH") or FILTERS.format(town="", type="safety_hazard")
    with served("benchmarks.bare:app") as bare, served("wsgi:app") as port:
        load.ask(port, path, signed_in, at_a_time=2, seconds=1)
        for at_a_time in (1, 4):
            plain = load.ask(bare, "/", "", at_a_time=at_a_time, seconds=SECONDS / 2)
            listed = load.ask(port, path, signed_in, at_a_time=at_a_time, seconds=SECONDS)
            ratio = plain.per_second / listed.per_second
            print(f"  {at_a_time} at a time: list {listed}   bare {plain}   1 : {ratio:.1f}")


def cookie(app: flask.Flask, officer: object) -> str:
    """The cookie of an officer who has signed in."""
    with database.transaction() as session:
        token = service.sign_in(
            session,
            officer,
            device="benchmark",
            today=clock.today(),  # type: ignore[arg-type]
        )
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps({guard.TOKEN: token})}"


@contextmanager
def served(name: str) -> Iterator[int]:
    """A server as ``serve`` starts it; its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        *(sys.executable, "-m", "gunicorn", name, "--chdir", str(ROOT)),
        *("--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--workers", "2"),
        *("--threads", "4", "--log-level", "error", "--no-control-socket"),
    ]
    process = subprocess.Popen(command, env=os.environ)
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("the server did not come up")

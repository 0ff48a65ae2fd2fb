"""``serve``: the web server and the scheduler as two children; both stop together."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

import click

HOST = "127.0.0.1"
# PR_SET_PDEATHSIG of prctl(2).
SET_PARENT_DEATH_SIGNAL = 1
GRACE_SECONDS = 10


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def commands(port: int, root: str) -> list[list[str]]:
    """The two programs. The scheduler never starts inside a web worker."""
    web = [
        *(sys.executable, "-m", "gunicorn", "wsgi:app", "--chdir", root),
        *("--bind", f"{HOST}:{port}", "--worker-class", "gthread", "--workers", "2"),
        *("--threads", "4", "--timeout", "60", "--graceful-timeout", "5"),
        *("--log-level", "warning", "--no-control-socket"),
        # Which proxies are believed is said once, as PROXIES.
        *("--forwarded-allow-ips", ""),
    ]
    scheduler = [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "start"]
    return [web, scheduler]


class Stopped(Exception):
    """A signal asked to stop."""


def _stop(_number: int, _frame: FrameType | None) -> None:
    # A signal to the whole group may come twice; the second must not break off the stopping.
    _ignore_signals()
    raise Stopped


def _ignore_signals() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _end_with_parent() -> None:
    """Ask Linux to stop this child when ``serve`` is killed and can stop nobody itself."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def serve(port: int, root: str) -> int:
    """Run until a signal comes or a child dies. Returns the exit code."""
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    # Sessions of their own: Ctrl-C reaches this process, which then stops both in order.
    children = [
        subprocess.Popen(
            command,
            cwd=root,
            start_new_session=True,
            env=os.environ,
            # There are no threads here yet.
            preexec_fn=_end_with_parent,  # noqa: PLW1509
        )
        for command in commands(port, root)
    ]
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.3)
        click.echo("A part of the server has stopped; the other is being stopped, too.", err=True)
        return 1
    except Stopped:
        return 0
    finally:
        _end(children)


def _end(children: Sequence[subprocess.Popen[bytes]]) -> None:
    _ignore_signals()
    for child in children:
        child.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()

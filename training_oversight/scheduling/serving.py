"""``serve``: the web server and the scheduler as two children; both stop together.

The program is loaded once and the children are forked from it, so that all of them hold what it
is made of in the same memory.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from types import FrameType
from typing import NoReturn

import click
import flask
from gunicorn.app.base import BaseApplication

from training_oversight.database import close_session, current_database
from training_oversight.scheduling import running

HOST = "127.0.0.1"
# PR_SET_PDEATHSIG of prctl(2).
SET_PARENT_DEATH_SIGNAL = 1
GRACE_SECONDS = 10
WEB_SETTINGS = {
    # Threads that get whole requests only.
    "worker_class": "training_oversight.scheduling.receiving.Worker",
    "workers": 2,
    "threads": 4,
    "timeout": 60,
    "graceful_timeout": 5,
    "loglevel": "warning",
    "control_socket_disable": True,
    # Which proxies are believed is said once, as PROXIES.
    "forwarded_allow_ips": "",
}


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


class Web(BaseApplication):  # type: ignore[misc]
    """gunicorn with the application that is loaded already: its workers are forked from it."""

    def __init__(self, app: flask.Flask, port: int) -> None:
        self.served, self.port = app, port
        super().__init__()

    def load_config(self) -> None:
        for name, value in {**WEB_SETTINGS, "bind": f"{HOST}:{self.port}"}.items():
            self.cfg.set(name, value)

    def load(self) -> flask.Flask:
        return self.served


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


class Child:
    """A part of the server: a process of its own that goes on from here."""

    def __init__(self, part: Callable[[], object]) -> None:
        self.code: int | None = None
        self.process = os.fork()
        if self.process == 0:
            _be(part)

    def ended(self) -> bool:
        if self.code is None:
            process, status = os.waitpid(self.process, os.WNOHANG)
            if process:
                self.code = os.waitstatus_to_exitcode(status)
        return self.code is not None


def _be(part: Callable[[], object]) -> NoReturn:
    """Be that part until it ends: nothing of what called ``serve`` goes on in a child."""
    code = 1
    try:
        # A session of its own: Ctrl-C reaches the parent, which then stops both in order.
        os.setsid()
        _end_with_parent()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        part()
        code = 0
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def serve(app: flask.Flask, port: int) -> int:
    """Run until a signal comes or a child dies. Returns the exit code."""
    # No connection is shared between processes.
    close_session()
    current_database().engine.dispose()
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    # The scheduler never starts inside a web worker.
    children = [Child(Web(app, port).run), Child(lambda: running.start(app))]
    try:
        while not any(child.ended() for child in children):
            time.sleep(0.3)
        click.echo("A part of the server has stopped; the other is being stopped, too.", err=True)
        return 1
    except Stopped:
        return 0
    finally:
        _end(children)


def _end(children: Sequence[Child]) -> None:
    _ignore_signals()
    for child in children:
        if not child.ended():
            os.kill(child.process, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while not all(child.ended() for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    for child in children:
        if not child.ended():
            os.killpg(child.process, signal.SIGKILL)
            os.waitpid(child.process, 0)

"""Processes of their own beside that of the test, as the workers of a server are.

They are forked, so that they have read every module already. The test must hold no connection
meanwhile: whoever forks shares them.
"""

import gc
import multiprocessing
import os
import socket
import subprocess
import sys
import tempfile
import warnings
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import cli

from training_oversight import clock, database

ROOT = Path(__file__).parent.parent
FORK = multiprocessing.get_context("fork")
# Seconds that a busy machine may take.
PATIENCE = 120
# What finds Python and its libraries, and what moves the clock.
KEPT = ("PATH", "HOME", "LANG", "PYTHONPATH", "MOVED_TO", "MOVED_BY", "LEARNT")
ANEW = """
import os, sys
if "LEARNT" in os.environ:
    from tests import next_year
    next_year.pytest_configure()
from flask.cli import main
from training_oversight import database
sys.argv = ["flask", "--app", "wsgi", *sys.argv[1:]]
try:
    main()
finally:
    # So that all of it stands in the one file that is copied.
    database.current_database().engine.dispose()
"""


class Process:
    """Does ``work(talk, *told)`` on the database of the test; ``talk`` is its end of a pipe."""

    def __init__(self, work, *told):
        self._talk, there = FORK.Pipe()
        self._process = _forked(_began, there, work, told)
        there.close()

    def hears(self):
        """What it says next."""
        assert self._talk.poll(PATIENCE), "It says nothing."
        return self._talk.recv()

    def let_go(self):
        self._talk.send("go")

    def kill(self):
        """As a failing power supply does; its exit code."""
        self._process.kill()
        return self.ended()

    def ended(self):
        """Its exit code."""
        self._process.join(PATIENCE)
        return self._process.exitcode

    def close(self):
        self._process.kill()
        self._process.join()
        self._process.close()
        self._talk.close()


@contextmanager
def running(*works):
    """A process for each ``(work, *told)``, each waiting to be let go; none is left behind."""
    database.close_session()
    database.current_database().engine.dispose()
    with ExitStack() as stack:
        processes = []
        for work in works:
            processes.append(one := Process(*work))
            stack.callback(one.close)
        yield processes


def _forked(target, *told):
    process = FORK.Process(target=target, args=told)
    # No thread of a test holds a lock while it forks.
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        process.start()
    return process


def _began(talk, work, told):
    # What the test has left behind is not this process's to clear away.
    gc.freeze()
    talk.recv()
    work(talk, *told)


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


def flask(environment, *words):
    """What ``python -m flask`` in the folder of the product did, in this environment alone."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = _forked(_command, out.fileno(), err.fileno(), environment, words)
        process.join(PATIENCE)
        return Done(process.exitcode, *(_read(one) for one in (out, err)))


def flask_anew(environment, *words):
    """The same in a process that is not forked: for a command that sets papers of several pages.

    What sets them keeps threads, which a fork loses and then waits for without end.
    """
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    told = subprocess.run(
        [sys.executable, "-c", ANEW, *words],
        check=False,
        env=kept | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    return Done(told.returncode, told.stdout, told.stderr)


def _command(out, err, environment, words):
    gc.freeze()
    os.dup2(out, 1)
    os.dup2(err, 2)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8") for number in (1, 2))
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    warnings.resetwarnings()
    clock._source = clock._system
    sys.argv = ["flask", "--app", "wsgi", *words]
    try:
        cli.main()
    finally:
        # As the end of a process that was not forked does.
        database.current_database().engine.dispose()


def _read(file):
    file.seek(0)
    return file.read().decode()


@contextmanager
def kept_port():
    """A port that the system gives to nobody else meanwhile. Until a server hears it, nobody does.

    Who says that the address may be used again, as servers do, can have it all the same.
    """
    with socket.socket() as keeper:
        keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        keeper.bind(("127.0.0.1", 0))
        yield keeper.getsockname()[1]

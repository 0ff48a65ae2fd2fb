"""Processes of their own beside that of the test, as the workers of a server are.

They are forked, so that they have read every module already. The test must hold no connection
meanwhile: whoever forks shares them.
"""

import gc
import multiprocessing
import warnings
from contextlib import ExitStack, contextmanager

from training_oversight import database

FORK = multiprocessing.get_context("fork")
# Seconds that a busy machine may take.
PATIENCE = 120


class Process:
    """Does ``work(talk, *told)`` on the database of the test; ``talk`` is its end of a pipe."""

    def __init__(self, work, *told):
        self._talk, there = FORK.Pipe()
        self._process = FORK.Process(target=_began, args=(there, work, told))
        # No thread of a test holds a lock while it forks.
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            self._process.start()
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


def _began(talk, work, told):
    # What the test has left behind is not this process's to clear away.
    gc.freeze()
    talk.recv()
    work(talk, *told)

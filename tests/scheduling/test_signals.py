"""A signal that comes twice ends the scheduler once."""

import signal
import threading
from unittest.mock import Mock

import pytest

from training_oversight.scheduling import running


@pytest.fixture
def handlers():
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("handlers")
def test_who_is_told_twice_to_end_ends_once():
    scheduler, over = Mock(), threading.Event()
    running._stop_on_signals(scheduler, over)
    stop = signal.getsignal(signal.SIGTERM)

    for number in (signal.SIGINT, signal.SIGTERM):
        stop(number, None)
    for thread in set(threading.enumerate()) - {threading.current_thread()}:
        thread.join(0.2)

    assert over.is_set()
    scheduler.shutdown.assert_called_once_with(wait=False)

"""Answers that are kept until history grows: counts that stand on every page, choices of a bar.

Every step writes history, so an answer holds as long as the last event is the same. On PostgreSQL
an event can become visible after one with a higher number: no answer is kept longer than ten
seconds. Plain values only are kept, never records of a session.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session, SessionTransaction

from training_oversight import clock
from training_oversight.audit.models import Event

Value = TypeVar("Value")
KEPT_FOR = 10.0  # seconds
MOST_KEPT = 2048
LAST = "last_event"
_last = sa.select(sa.func.max(Event.id))


@dataclass(frozen=True)
class _Answer:
    after: int
    until: float
    value: object


_answers: OrderedDict[Hashable, _Answer] = OrderedDict()
_lock = Lock()


def kept(session: Session, key: Hashable, ask: Callable[[], Value], *, anew: bool = False) -> Value:
    """What ``ask`` returns; the kept answer, if nothing has happened since it was asked.

    ``key`` names the question with all that the answer depends on: the day, the scope, the
    language. Inside a transaction ``ask`` is always called and its answer is not kept, because
    others must not see what is not committed. ``anew`` asks in any case, and keeps the answer.
    """
    if session.info.get("instant") is not None:
        return ask()
    name, after, now = (_database(session), key), _last_event(session), clock.elapsed()
    with _lock:
        found = _answers.get(name)
    if not anew and found is not None and found.after == after and now < found.until:
        return cast(Value, found.value)
    value = ask()
    with _lock:
        _answers[name] = _Answer(after, now + KEPT_FOR, value)
        _answers.move_to_end(name)
        while len(_answers) > MOST_KEPT:
            _answers.popitem(last=False)
    return value


def forget() -> None:
    """Keep nothing any more. For tests, which take back what history has said."""
    with _lock:
        _answers.clear()


def _last_event(session: Session) -> int:
    """The key of the last event; read once a transaction, as a page asks for several answers."""
    asked: tuple[SessionTransaction | None, int] | None = session.info.get(LAST)
    running = session.get_transaction()
    if asked is not None and running is not None and asked[0] is running:
        return asked[1]
    last = session.scalar(_last) or 0
    session.info[LAST] = (session.get_transaction(), last)
    return last


def _database(session: Session) -> str:
    return str(session.get_bind().engine.url)

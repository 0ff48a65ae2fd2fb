"""Whether anything works on what waits. The scheduler, a higher area, says when it was heard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import flask
from sqlalchemy.orm import Session

Heard = Callable[[Session, datetime], bool]
EXTENSION = "scheduler_is_heard"


def told_by(app: flask.Flask, heard: Heard) -> None:
    """The scheduler tells how one sees that it lives."""
    app.extensions[EXTENSION] = heard


def is_worked_on(session: Session, now: datetime) -> bool:
    """Whether the scheduler was heard of lately."""
    heard: Heard = flask.current_app.extensions[EXTENSION]
    return heard(session, now)

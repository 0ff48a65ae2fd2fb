"""Whether the system is well, for whoever watches it."""

from __future__ import annotations

from datetime import datetime, timedelta
from http import HTTPStatus

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.database import current_session
from training_oversight.scheduling.models import Heartbeat
from training_oversight.web.marks import public

bp = Blueprint("scheduling", __name__)
LATE = timedelta(minutes=2)


@bp.route("/healthz")
@public
def healthz() -> ResponseReturnValue:
    try:
        heartbeat = current_session().get(Heartbeat, 1)
    except SQLAlchemyError:
        down = {"status": "down", "database": "down", "scheduler": "never"}
        return down, HTTPStatus.SERVICE_UNAVAILABLE
    scheduler = scheduler_state(heartbeat, clock.now())
    return {"status": "ok", "database": "ok", "scheduler": scheduler}


def is_heard(session: Session, now: datetime) -> bool:
    """Whether the scheduler lives, for pages of work that waits for it."""
    return scheduler_state(session.get(Heartbeat, 1), now) == "running"


def scheduler_state(heartbeat: Heartbeat | None, now: datetime) -> str:
    """``running``, ``late`` when it has been silent for two minutes, or ``never``."""
    if heartbeat is None:
        return "never"
    # Heard of in the future: by a clock that was wrong then, or is now.
    return "running" if abs(now - heartbeat.heard_at) < LATE else "late"

"""One process works on an errand: whoever changes its row first. Like ``scheduling.claims``."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import database
from training_oversight.errands.kinds import Stopped
from training_oversight.errands.models import Errand, ErrandState
from training_oversight.errands.queries import UNDER_WAY

# A process that has said nothing for this long is gone, and another takes its errand over.
SILENT = timedelta(minutes=2)
# Before what failed is tried again.
PAUSE = timedelta(seconds=20)


class TakenOver(Stopped):
    """Another process works on it by now; nothing more may be written by this one."""


def is_any_free(session: Session, now: datetime) -> bool:
    """Whether there is anything to claim: read often, and writes nothing."""
    return session.scalar(_free(now).limit(1)) is not None


def claim(session: Session, *, worker: str) -> Errand | None:
    """Take the errand that has waited longest, or take one over from a process that fell silent."""
    now = database.instant(session)
    for key in session.scalars(_free(now).limit(10)).all():
        taken = database.changed_rows(
            session,
            sa.update(Errand)
            .where(Errand.id == key, _is_free(now))
            .values(
                state=ErrandState.RUNNING,
                claimed_by=worker,
                heard_at=now,
                started_at=sa.func.coalesce(Errand.started_at, now),
                attempts=Errand.attempts + 1,
            ),
        )
        if taken:
            return session.get_one(Errand, key, populate_existing=True)
    return None


def _free(now: datetime) -> sa.Select[int]:
    return (
        sa.select(Errand.id)
        # The index is by state.
        .where(Errand.state.in_(UNDER_WAY), _is_free(now))
        .order_by(Errand.id)
    )


def _is_free(now: datetime) -> sa.ColumnElement[bool]:
    rested = sa.or_(Errand.heard_at.is_(None), Errand.heard_at <= now - PAUSE)
    return sa.or_(
        sa.and_(Errand.state == ErrandState.WAITING, rested),
        sa.and_(Errand.state == ErrandState.RUNNING, Errand.heard_at < now - SILENT),
    )


def heard(session: Session, errand_id: int, *, worker: str, **said: Any) -> bool:
    """Renew the claim, and keep how far it is. Says whether the officer wants it stopped."""
    write(session, errand_id, worker=worker, heard_at=database.instant(session), **said)
    wanted = session.scalar(sa.select(Errand.stop_wanted).where(Errand.id == errand_id))
    return bool(wanted)


def write(session: Session, errand_id: int, *, worker: str, **values: Any) -> None:
    """Change an errand that this worker holds. Raises ``TakenOver`` if it does no more."""
    held = (
        Errand.id == errand_id,
        Errand.state == ErrandState.RUNNING,
        Errand.claimed_by == worker,
    )
    if not database.changed_rows(session, sa.update(Errand).where(*held).values(**values)):
        raise TakenOver

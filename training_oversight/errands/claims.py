"""Which errand a process takes next, and what it says of it meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts import queries as accounts
from training_oversight.claims import Claims
from training_oversight.errands.models import Errand
from training_oversight.errands.workflow import UNDER_WAY, ErrandState, ErrandVerb
from training_oversight.workflow import stepped

CLAIMS = Claims(Errand, Errand.state == ErrandState.RUNNING, silent=timedelta(minutes=2))
# Between an attempt that failed and the next one.
PAUSE = timedelta(seconds=20)


def is_any_free(session: Session, now: datetime) -> bool:
    """Whether there is anything to claim: read often, and writes nothing."""
    return session.scalar(_free(now).limit(1)) is not None


def claim(session: Session, *, worker: str) -> Errand | None:
    """Take the errand that has waited longest, or take one over from a process that fell silent."""
    now = database.instant(session)
    for key in session.scalars(_free(now).limit(10)).all():
        taken = CLAIMS.take(
            session,
            Errand.id == key,
            free=_is_free(now),
            worker=worker,
            now=now,
            started_at=sa.func.coalesce(Errand.started_at, now),
            attempts=Errand.attempts + 1,
        )
        if taken:
            return _begun(session, key)
    return None


def _begun(session: Session, key: int) -> Errand:
    """The errand in this worker's hands, RUNNING; one that was taken over is so already."""
    errand = session.get_one(Errand, key, populate_existing=True)
    if errand.state is ErrandState.WAITING:
        system = accounts.system(session)
        moved = stepped(errand, ErrandVerb.BEGIN, by=system)
        kind = errand.workflow.events[ErrandVerb.BEGIN]
        audit.record(session, errand, kind, by=system, states=moved)
        session.flush()
    return errand


def _free(now: datetime) -> sa.Select[int]:
    return (
        sa.select(Errand.id)
        # The index is by state.
        .where(Errand.state.in_(UNDER_WAY), _is_free(now))
        .order_by(Errand.id)
    )


def _is_free(now: datetime) -> sa.ColumnElement[bool]:
    rested = sa.or_(Errand.heard_at.is_(None), Errand.heard_at <= now - PAUSE)
    waits = sa.and_(Errand.state == ErrandState.WAITING, rested)
    return sa.or_(waits, CLAIMS.fell_silent(now))


def heard(session: Session, errand_id: int, *, worker: str, **said: object) -> bool:
    """Renew the claim, and keep how far it is. Says whether the officer wants it stopped."""
    CLAIMS.renew(session, Errand.id == errand_id, worker=worker, **said)
    wanted = session.scalar(sa.select(Errand.stop_wanted).where(Errand.id == errand_id))
    return bool(wanted)


def write(session: Session, errand_id: int, *, worker: str, **values: object) -> None:
    """Change an errand that this worker holds. Raises ``TakenOver`` if it does no more."""
    CLAIMS.write(session, Errand.id == errand_id, worker=worker, **values)

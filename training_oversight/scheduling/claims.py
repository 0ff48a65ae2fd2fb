"""One process runs a slot: whoever inserts its row. Exactly-once comes from the jobs themselves."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import clock, database
from training_oversight.batches import Outcome
from training_oversight.claims import Claims
from training_oversight.scheduling.models import Heartbeat, JobRun
from training_oversight.scheduling.timetable import CatchUp, Job

CLAIMS = Claims(JobRun, JobRun.finished_at.is_(None), silent=timedelta(minutes=10))
# After a long outage older slots say nothing new.
MOST_SLOTS = 31


def claim(
    session: Session, job: Job, slot: datetime, *, worker: str, at_any_rate: bool = False
) -> bool:
    """Take the slot, or take it over from a process that fell silent.

    ``at_any_rate``, which a person decides, takes an unfinished slot from whoever has it.
    """
    now = database.instant(session)
    fresh = {"done": 0, "failed": 0, "skipped": 0, "problem": ""}
    added = database.insert_if_absent(
        session,
        JobRun,
        job=job.name,
        slot=slot,
        for_day=clock.day_of(slot),
        claimed_at=now,
        claimed_by=worker,
        heard_at=now,
        **fresh,
    )
    free = CLAIMS.under_work if at_any_rate else CLAIMS.fell_silent(now)
    return added or CLAIMS.take(
        session, *_of(job, slot), free=free, worker=worker, now=now, claimed_at=now
    )


def _of(job: Job, slot: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return JobRun.job == job.name, JobRun.slot == slot


def finish(session: Session, job: Job, slot: datetime, outcome: Outcome, *, worker: str) -> None:
    """Raises ``TakenOver`` where another process runs the slot by now, and will finish it."""
    CLAIMS.write(
        session,
        *_of(job, slot),
        worker=worker,
        finished_at=database.instant(session),
        done=outcome.done,
        failed=outcome.failed,
        skipped=outcome.skipped,
    )


def note_problem(session: Session, job: Job, slot: datetime, problem: str, *, worker: str) -> None:
    """Keep what went wrong. The slot stays unfinished, so it is tried again."""
    CLAIMS.write(session, *_of(job, slot), worker=worker, problem=problem)


def still_running(session: Session, job: Job, slot: datetime, *, worker: str) -> None:
    CLAIMS.renew(session, *_of(job, slot), worker=worker)


def beat(session: Session) -> None:
    """Say that the scheduler lives; ``GET /healthz`` reads it."""
    session.merge(Heartbeat(id=1, heard_at=database.instant(session)))


def due_slots(session: Session, job: Job, now: datetime) -> list[datetime]:
    """The slots that have come and are not finished, oldest first.

    On a database where the job never ran, only the latest: there was no outage before.
    """
    latest = job.latest_slot(now)
    finished = set(
        session.scalars(
            sa.select(JobRun.slot).where(
                JobRun.job == job.name,
                JobRun.finished_at.is_not(None),
                JobRun.slot > latest - MOST_SLOTS * timedelta(days=1),
            )
        )
    )
    if job.catch_up is CatchUp.LATEST or not finished:
        return [] if latest in finished else [latest]
    first = min(finished)
    days = range(((latest - first).days) + 1)
    slots = [job.slot(clock.day_of(first) + timedelta(days=n)) for n in days]
    return [slot for slot in slots if slot <= latest and slot not in finished]

"""One process runs a slot: whoever inserts its row. Exactly-once comes from the jobs themselves."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import clock, database
from training_oversight.batches import Outcome
from training_oversight.scheduling.models import Heartbeat, JobRun
from training_oversight.scheduling.timetable import CatchUp, Job

# A claim that has been silent for this long belongs to a process that is gone.
SILENT = timedelta(minutes=10)
# After a long outage older slots say nothing new.
MOST_SLOTS = 31


def claim(session: Session, job: Job, slot: datetime) -> bool:
    """Take the slot, or take it over from a process that fell silent."""
    now = database.instant(session)
    values = {"for_day": clock.day_of(slot), "claimed_at": now, "heard_at": now}
    fresh = {"done": 0, "failed": 0, "skipped": 0, "problem": ""}
    if database.insert_if_absent(session, JobRun, job=job.name, slot=slot, **values, **fresh):
        return True
    taken = database.changed_rows(
        session,
        sa.update(JobRun)
        .where(
            JobRun.job == job.name,
            JobRun.slot == slot,
            JobRun.finished_at.is_(None),
            JobRun.heard_at < now - SILENT,
        )
        .values(claimed_at=now, heard_at=now),
    )
    return taken > 0


def finish(session: Session, job: Job, slot: datetime, outcome: Outcome) -> None:
    session.execute(
        sa.update(JobRun)
        .where(JobRun.job == job.name, JobRun.slot == slot)
        .values(
            finished_at=database.instant(session),
            done=outcome.done,
            failed=outcome.failed,
            skipped=outcome.skipped,
        )
    )


def note_problem(session: Session, job: Job, slot: datetime, problem: str) -> None:
    """Keep what went wrong. The slot stays unfinished, so it is tried again."""
    session.execute(
        sa.update(JobRun).where(JobRun.job == job.name, JobRun.slot == slot).values(problem=problem)
    )


def still_running(session: Session, job: Job, slot: datetime) -> None:
    session.execute(
        sa.update(JobRun)
        .where(JobRun.job == job.name, JobRun.slot == slot)
        .values(heard_at=database.instant(session))
    )


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

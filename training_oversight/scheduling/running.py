"""The scheduler: cron triggers in memory, claims in the database, catch-up at start."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from types import FrameType

import flask
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from training_oversight import clock
from training_oversight.batches import Outcome
from training_oversight.claims import TakenOver, new_worker
from training_oversight.database import close_session, current_session, transaction
from training_oversight.errands.running import keep_running
from training_oversight.errors import Blocked
from training_oversight.scheduling import claims, days
from training_oversight.scheduling.timetable import TIMETABLE, Job

log = logging.getLogger(__name__)
BEAT_SECONDS = 20
RETRY_MINUTES = 10
# For an errand under way to put itself down; ``serve`` waits ten seconds for all of us.
ERRAND_GRACE_SECONDS = 7


def catch_up(job: Job) -> None:
    """Run every slot of the job that has come and that no other process has."""
    for slot in claims.due_slots(current_session(), job, clock.now()):
        run_slot(job, slot)


def run_slot(job: Job, slot: datetime) -> bool:
    """Run one slot if it can be claimed; says whether this process ran it."""
    worker = new_worker()
    with transaction() as session:
        claimed = claims.claim(session, job, slot, worker=worker)
    if not claimed:
        return False
    try:
        return _run_claimed(job, slot, worker)
    except TakenOver:
        log.warning("job %s for %s was taken over by another process", job.name, slot)
        return False


def _run_claimed(job: Job, slot: datetime, worker: str) -> bool:
    try:
        days.check_come(current_session(), clock.day_of(slot))
        with _heard(job, slot, worker):
            outcome = job.run(clock.day_of(slot))
    except Blocked as refused:
        # The slot stays open: it is tried again, and runs once the clock is right or confirmed.
        log.error("job %s for %s: %s", job.name, slot, refused)
        with transaction() as session:
            claims.note_problem(session, job, slot, str(refused), worker=worker)
        return False
    # The edge of a process: whatever a job did wrong, the others still have to run.
    except Exception as fault:
        log.exception("job %s for %s failed", job.name, slot)
        with transaction() as session:
            claims.note_problem(session, job, slot, repr(fault)[:500], worker=worker)
        return False
    with transaction() as session:
        claims.finish(session, job, slot, outcome, worker=worker)
    log.info("job %s for %s: %s", job.name, slot, outcome)
    return True


def run_now(job: Job, day: date, *, after_gap: bool = False) -> Outcome:
    """Run a job by hand for a day.

    ``after_gap``: a person has checked the clock after a long time without jobs. The check of the
    gap is left out, and the run is kept as a finished slot, so that the timetable goes on from it.
    """
    session = current_session()
    days.check_asked(session, day, today=clock.today())
    if not after_gap:
        days.check_come(session, day)
        return job.run(day)
    outcome = job.run(day)
    slot, worker = job.slot(day), new_worker()
    with transaction() as writing:
        if claims.claim(writing, job, slot, worker=worker, at_any_rate=True):
            claims.finish(writing, job, slot, outcome, worker=worker)
    return outcome


@contextmanager
def _heard(job: Job, slot: datetime, worker: str) -> Iterator[None]:
    """Renew the claim while the job runs, so that nobody takes a long one over."""
    over = threading.Event()

    def renew() -> None:
        while not over.wait(BEAT_SECONDS):
            try:
                with transaction() as session:
                    claims.still_running(session, job, slot, worker=worker)
            except TakenOver:
                # Nothing to do here: finish() in the job's own thread raises it again.
                return
            finally:
                close_session()

    thread = threading.Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def start(app: flask.Flask) -> None:
    """Keep the timetable until TERM or INT."""
    scheduler = BlockingScheduler(
        timezone=app.config["SETTINGS"].timezone,
        job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
    )

    def inside(work: str, job: Job | None = None) -> None:
        with app.app_context():
            if work == "beat":
                with transaction() as session:
                    claims.beat(session)
            elif job is not None:
                catch_up(job)

    # The first beat is a job like the others: a database that is down for now stops nothing.
    scheduler.add_job(
        inside, IntervalTrigger(seconds=BEAT_SECONDS), args=["beat"], next_run_time=clock.now()
    )
    for job in TIMETABLE.values():
        cron = CronTrigger(
            hour=job.at.hour, minute=job.at.minute, timezone=app.config["SETTINGS"].timezone
        )
        scheduler.add_job(inside, cron, args=["run", job])
        # At start, and again and again: what was missed, and what another process dropped.
        scheduler.add_job(
            inside,
            IntervalTrigger(minutes=RETRY_MINUTES),
            args=["run", job],
            next_run_time=clock.now(),
        )
    over = threading.Event()
    # A thread of its own: a long errand holds up no job, and no job an errand.
    errands = threading.Thread(target=keep_running, args=[app, over], daemon=True)
    errands.start()
    _stop_on_signals(scheduler, over)
    scheduler.start()
    errands.join(ERRAND_GRACE_SECONDS)


def _stop_on_signals(scheduler: BlockingScheduler, over: threading.Event) -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        # Ctrl-C reaches every process, and the one above tells its children once more.
        if over.is_set():
            return
        over.set()
        threading.Thread(target=scheduler.shutdown, kwargs={"wait": False}).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)

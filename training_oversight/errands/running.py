"""Carrying out what was asked for, one errand at a time in a process."""

from __future__ import annotations

import logging
import secrets
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import flask

from training_oversight import clock, texts
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Officer
from training_oversight.claims import TakenOver, new_worker
from training_oversight.database import PendingChanges, current_session, transaction
from training_oversight.errands import claims, service
from training_oversight.errands.kinds import (
    ErrandKind,
    ErrandResult,
    Stopped,
    Unfinished,
    Work,
    kind_of,
)
from training_oversight.errands.models import Errand
from training_oversight.errors import NotPermitted, OversightError
from training_oversight.files import storage
from training_oversight.texts import Text

log = logging.getLogger(__name__)
PAUSE_SECONDS = 2


class _StoppedByOfficer(Stopped):
    pass


class _ProcessEnds(Stopped):
    pass


def keep_running(app: flask.Flask, over: threading.Event) -> None:
    """Run whatever waits until ``over`` is set. For a thread beside the timetable."""
    while not over.wait(PAUSE_SECONDS):
        try:
            with app.app_context():
                run_waiting(over)
        # The edge of a process: a database that is down for now stops nothing.
        except Exception:
            log.exception("errands could not be looked for")


def run_waiting(over: threading.Event | None = None) -> int:
    """Run what waits, oldest first, until nothing is left. Returns how many turns were taken."""
    over, turns = over or threading.Event(), 0
    while not over.is_set() and _run_next(over):
        turns += 1
    return turns


def _run_next(over: threading.Event) -> bool:
    # A read first: while nothing waits, nothing is locked.
    if not claims.is_any_free(current_session(), clock.now()):
        return False
    worker = new_worker()
    with transaction() as session:
        errand = claims.claim(session, worker=worker)
    if errand is None:
        return False
    _Turn(errand, worker, over).take()
    return True


class _Turn:
    """One attempt of one worker at one errand."""

    def __init__(self, errand: Errand, worker: str, over: threading.Event) -> None:
        self.key, self.worker, self.over = errand.id, worker, over
        self.code, self.attempts = errand.kind, errand.attempts
        self.asked_by_id, self.stop_wanted = errand.asked_by_id, errand.stop_wanted
        self.params, self.checkpoint = dict(errand.params), dict(errand.checkpoint)

    def take(self) -> None:
        try:
            self._carry_out()
        except TakenOver:
            log.warning("errand %s was taken over by another process", self.key)
        except _ProcessEnds:
            self._write(service.handed_back, by=self._system())
        except Stopped:
            self._write(service.stopped, by=self._system())
        except OversightError as error:
            self._write(service.failed, sentence=error.text, by=self._system())
        # The edge of a process: whatever is wrong with this one, the others get their turn.
        except Exception as fault:
            self._failed(fault)

    def _carry_out(self) -> None:
        kind, by = self._allowed()
        if self.stop_wanted:
            raise _StoppedByOfficer
        if self.attempts > service.MOST_ATTEMPTS:
            raise OversightError(
                Text(
                    "Broken off %(count)s times without a word; ask again.", count=self.attempts - 1
                )
            )
        folder = _folder(self.key, self.attempts)
        try:
            with texts.speaking(by.language):
                self._finish(kind.run(self._work(by, folder)))
        except Unfinished as broken_off:
            current_session().rollback()
            self._finish(broken_off.done, service.failed)
        except BaseException:
            # Changes that the work left uncommitted are dropped.
            current_session().rollback()
            raise
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _allowed(self) -> tuple[ErrandKind, Officer]:
        """The kind and the officer, if the officer may still have it done."""
        kind = kind_of(self.code)
        today = clock.today()
        by = accounts.acting(current_session(), self.asked_by_id, today=today)
        if by is None or not by.works_on(today):
            raise NotPermitted(Text("The service of the officer who asked has ended."))
        kind.check(by, self.params)
        return kind, by

    def _work(self, by: Officer, folder: Path) -> Work:
        return Work(
            errand_id=self.key,
            params=self.params,
            by=by,
            today=clock.today(),
            checkpoint=self.checkpoint,
            folder=folder,
            report=self._report,
        )

    def _report(self, done: int, total: int | None, checkpoint: dict[str, object] | None) -> None:
        if "instant" in current_session().info:
            raise PendingChanges("progress() inside a transaction would take that back")
        said: dict[str, object] = {"done": done}
        if total is not None:
            said["total"] = total
        if checkpoint is not None:
            said["checkpoint"] = checkpoint
        with transaction() as session:
            stop = claims.heard(session, self.key, worker=self.worker, **said)
        if stop:
            raise _StoppedByOfficer
        if self.over.is_set():
            raise _ProcessEnds

    def _finish(self, done: ErrandResult, ended: Callable[..., None] = service.finished) -> None:
        stored = None
        if done.file is not None:
            with done.file.open("rb") as stream:
                # The limit of an upload is not for what we have made ourselves.
                stored = storage.store(stream, _data_dir(), limit=sys.maxsize)
        self._write(
            ended,
            sentence=done.sentence,
            address=done.address,
            stored=stored,
            file_name=done.file_name,
            by=self._system(),
        )

    def _failed(self, fault: Exception) -> None:
        number = secrets.token_hex(2).upper()
        log.exception("fault %s in errand %s (%s)", number, self.key, self.code, exc_info=fault)
        if self.attempts < service.MOST_ATTEMPTS:
            self._write(service.put_back, by=self._system())
            return
        sentence = Text(
            "The fault is the system's, %(count)s times in a row. Ask again, and if it fails "
            "again report number %(number)s.",
            count=self.attempts,
            number=number,
        )
        self._write(service.failed, sentence=sentence, by=self._system())

    def _write(self, step: Any, **more: Any) -> None:
        try:
            with transaction() as session:
                step(session, self.key, worker=self.worker, **more)
        except TakenOver:
            log.warning("errand %s was taken over by another process", self.key)

    def _system(self) -> Officer:
        return accounts.system(current_session())


def _data_dir() -> Path:
    folder: Path = flask.current_app.config["DATA_DIR"]
    return folder


def _folder(errand_id: int, attempt: int) -> Path:
    """An empty folder for this attempt alone: an earlier one may still be writing into its own."""
    folder = _data_dir() / "errands" / f"{errand_id}-{attempt}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    return folder

"""What is forgotten of errands by itself."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, time
from pathlib import Path

import flask
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.batches import Outcome, one_by_one
from training_oversight.database import current_session
from training_oversight.errands import claims, service


def forget_old_files(today: date) -> Outcome:
    """Let go of files that were kept for two weeks, and of what killed processes left behind."""
    midnight = clock.from_local(datetime.combine(today, time.min))
    _sweep(flask.current_app.config["DATA_DIR"] / "errands", before=midnight - claims.CLAIMS.silent)

    def forget(session: Session, errand_id: int) -> bool:
        return service.forget_file(session, errand_id, by=accounts.system(session))

    old = service.with_old_files(current_session(), before=midnight - service.FILES_KEPT)
    return one_by_one(old, forget)


def _sweep(folder: Path, *, before: datetime) -> None:
    for attempt in folder.glob("*-*"):
        if datetime.fromtimestamp(attempt.stat().st_mtime, UTC) < before:
            shutil.rmtree(attempt, ignore_errors=True)

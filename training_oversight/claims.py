"""One process at a time works on a row: the one that claimed it, while it gives signs of life.

A claim is a name that the worker writes into the row, new for every turn. To write down a result
it names itself again. A process that was only asleep, and so was taken over, finds another name
there and stops. All the same the work itself must be safe to repeat.
"""

from __future__ import annotations

import os
import secrets
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from training_oversight import database
from training_oversight.database import UNRECORDED


class Claimed:
    """A row on which one process works at a time."""

    claimed_by: Mapped[str | None] = mapped_column(info=UNRECORDED)
    # Renewed while the work goes on; silent for long, another takes it over.
    heard_at: Mapped[datetime | None] = mapped_column(info=UNRECORDED)


class TakenOver(Exception):
    """Another process works on it by now; nothing more may be written by this one."""


@dataclass(frozen=True)
class Claims:
    """The claims on one table. ``under_work``: which of its rows a process can hold."""

    model: type[Any]
    under_work: sa.ColumnElement[bool]
    # A process that has said nothing for this long is gone.
    silent: timedelta

    def fell_silent(self, now: datetime) -> sa.ColumnElement[bool]:
        """The rows whose process is gone."""
        return sa.and_(self.under_work, self.model.heard_at < now - self.silent)

    def take(
        self,
        session: Session,
        *row: sa.ColumnElement[bool],
        free: sa.ColumnElement[bool],
        worker: str,
        now: datetime,
        **values: object,
    ) -> bool:
        """Take a row that is free in this very moment; says whether this process has it."""
        claim = {"claimed_by": worker, "heard_at": now, **values}
        wanted = sa.update(self.model).where(*row, free).values(**claim)
        return database.changed_rows(session, wanted) > 0

    def write(
        self, session: Session, *row: sa.ColumnElement[bool], worker: str, **values: object
    ) -> None:
        """Change a row that this worker holds. Raises ``TakenOver`` if it does no more."""
        held = (*row, self.under_work, self.model.claimed_by == worker)
        if not database.changed_rows(session, sa.update(self.model).where(*held).values(**values)):
            raise TakenOver

    def renew(
        self, session: Session, *row: sa.ColumnElement[bool], worker: str, **said: object
    ) -> None:
        """Let the others hear that the work goes on."""
        self.write(session, *row, worker=worker, heard_at=database.instant(session), **said)


def new_worker() -> str:
    """A name of its own for every turn, which tells machine and process."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"

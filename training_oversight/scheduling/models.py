"""Which job ran for which slot."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from training_oversight.claims import Claimed
from training_oversight.database import Base


class JobRun(Claimed, Base):
    """A claim by one process on one slot of one job, and what came of it."""

    __tablename__ = "job_run"

    job: Mapped[str] = mapped_column(primary_key=True)
    slot: Mapped[datetime] = mapped_column(primary_key=True)
    for_day: Mapped[date]
    claimed_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    done: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(default="")


class Heartbeat(Base):
    """When the scheduler was last heard of; ``GET /healthz`` reads it."""

    __tablename__ = "scheduler_heartbeat"

    id: Mapped[int] = mapped_column(primary_key=True)
    heard_at: Mapped[datetime]

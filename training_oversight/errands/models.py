"""Errands: who asked for what, how far it is, and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import InDivision, Officer
from training_oversight.claims import Claimed
from training_oversight.database import UNRECORDED, Base, Flag, JsonObject, PrimaryKey, enum_column
from training_oversight.errands.workflow import ERRAND_WORKFLOW, ErrandState
from training_oversight.workflow import Workflow


class Errand(InDivision, Claimed, Base):
    """One piece of long work. It goes on where it stopped when the process is started again."""

    __tablename__ = "errand"
    __table_args__ = (
        sa.Index("ix_errand_queue", "state", "id"),
        sa.Index("ix_errand_mine", "asked_by_id", "id"),
    )

    id: Mapped[PrimaryKey]
    # Code of the kind; the area that registered it does the work.
    kind: Mapped[str]
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"))
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    asked_at: Mapped[datetime]
    # What was asked for, as the kind understands it. The history does not repeat it: a filter
    # may hold a telephone number that was looked for.
    params: Mapped[JsonObject] = mapped_column(info={"protected": True})
    state: Mapped[ErrandState] = mapped_column(
        enum_column(ErrandState), default=ErrandState.WAITING
    )
    # Steps done of how many; total is empty while it is not known.
    done: Mapped[int] = mapped_column(default=0, info=UNRECORDED)
    total: Mapped[int | None] = mapped_column(info=UNRECORDED)
    # Where to go on after a stop, as the kind left it.
    checkpoint: Mapped[JsonObject] = mapped_column(default=dict, info=UNRECORDED)
    stop_wanted: Mapped[Flag] = mapped_column(default=False, info=UNRECORDED)
    attempts: Mapped[int] = mapped_column(default=0, info=UNRECORDED)
    started_at: Mapped[datetime | None] = mapped_column(info=UNRECORDED)
    finished_at: Mapped[datetime | None] = mapped_column(info=UNRECORDED)
    # [message id, {values}]: what came of it, or why nothing did.
    outcome: Mapped[list[object]] = mapped_column(default=list, info=UNRECORDED)
    # A file to fetch, kept until it is forgotten.
    file_sha256: Mapped[str | None] = mapped_column(
        sa.ForeignKey("stored_file.sha256"), info=UNRECORDED
    )
    file_name: Mapped[str | None] = mapped_column(info=UNRECORDED)
    # Where the result can be looked at, as an address inside the application.
    address: Mapped[str | None] = mapped_column(info=UNRECORDED)
    version: Mapped[int] = mapped_column()

    asked_by: Mapped[Officer] = relationship()
    workflow: ClassVar[Workflow] = ERRAND_WORKFLOW
    __mapper_args__ = {"version_id_col": version}

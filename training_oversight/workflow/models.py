"""Which state a record came from and into which it went, and on which day: one row a move."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from training_oversight.database import Base, PrimaryKey


class RecordState(Base):
    """A move as a figure of a past day needs it. The history tells the rest, and is the evidence.

    A record that never moved has no row: it is as it was made.
    """

    __tablename__ = "record_state"
    __table_args__ = (sa.Index("ix_record_state_of", "subject_kind", "subject_id", "id"),)

    id: Mapped[PrimaryKey]
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    from_state: Mapped[str]
    to_state: Mapped[str]
    # The day on which it happened, which may lie before the one on which it was entered.
    day: Mapped[date]
    entered_at: Mapped[datetime]

"""By when something is owed, what is answered, and what the reporter said to it."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import Officer
from training_oversight.complaints.kinds import CalledBy, LimitBasis, Satisfaction, Step, Truth
from training_oversight.complaints.models.spoken import SPOKEN
from training_oversight.database import Base, Flag, PrimaryKey, enum_column
from training_oversight.law import Unit


class ComplaintLimit(Base):
    """By when a step is owed and on what basis. The last of a step is the one in force."""

    __tablename__ = "complaint_limit"
    __table_args__ = (
        sa.CheckConstraint("(length IS NULL) = (unit IS NULL)", name="period_whole"),
        sa.CheckConstraint("due_on >= starts_on", name="ends_after_it_starts"),
    )

    id: Mapped[PrimaryKey]
    complaint_id: Mapped[int] = mapped_column(sa.ForeignKey("complaint.id"), index=True)
    step: Mapped[Step] = mapped_column(enum_column(Step))
    starts_on: Mapped[date]
    # Missing where a day was given and no period.
    length: Mapped[int | None]
    unit: Mapped[Unit | None] = mapped_column(enum_column(Unit))
    due_on: Mapped[date]
    basis: Mapped[LimitBasis] = mapped_column(enum_column(LimitBasis))
    source: Mapped[str] = mapped_column(default="")
    provisional: Mapped[Flag] = mapped_column(default=False)
    given_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))


class ComplaintAnswer(Base):
    """What the department answers: one row a round, kept when the answer is sent back."""

    __tablename__ = "complaint_answer"
    __table_args__ = (sa.CheckConstraint("words <> ''", name="says_something"),)

    id: Mapped[PrimaryKey]
    complaint_id: Mapped[int] = mapped_column(sa.ForeignKey("complaint.id"), index=True)
    truth: Mapped[Truth] = mapped_column(enum_column(Truth))
    reasons: Mapped[str]
    # To the reporter. It is what the tracking page shows and what is copied into the order.
    words: Mapped[str]
    written_on: Mapped[date]
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    approved_on: Mapped[date | None]
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    # Why it was sent back: by who approves, or after the call-back.
    returned: Mapped[str] = mapped_column(default="")

    # In the order in which they told of it.
    own: Mapped[list[OwnAnswer]] = relationship(order_by="OwnAnswer.complaint_id")
    written_by: Mapped[Officer] = relationship(foreign_keys=written_by_id)
    approved_by: Mapped[Officer | None] = relationship(foreign_keys=approved_by_id)

    def words_for(self, complaint_id: int) -> str:
        """What the reporter of this complaint is told: their own answer, else that of all."""
        own = (one.words for one in self.own if one.complaint_id == complaint_id)
        return next(own, self.words)


class OwnAnswer(Base):
    """What one of those whose complaints were merged is told in place of the order's answer: what
    concerns nobody else. It is approved with that answer."""

    __tablename__ = "own_answer"
    __table_args__ = (
        sa.UniqueConstraint("answer_id", "complaint_id"),
        sa.CheckConstraint("words <> ''", name="says_something"),
    )

    id: Mapped[PrimaryKey]
    answer_id: Mapped[int] = mapped_column(sa.ForeignKey("complaint_answer.id"))
    complaint_id: Mapped[int] = mapped_column(sa.ForeignKey("complaint.id"), index=True)
    words: Mapped[str]


class Callback(Base):
    """One call-back (回访), of the reporter of this very complaint."""

    __tablename__ = "callback"
    __table_args__ = (
        sa.CheckConstraint(
            "(decided_on IS NULL) = (decided_by_id IS NULL) "
            "AND (decided_on IS NULL OR satisfaction = 'dissatisfied')",
            name="decided_if_dissatisfied",
        ),
        sa.Index("ix_callback_answer", "answer_id", "satisfaction", "decided_on"),
    )

    id: Mapped[PrimaryKey]
    complaint_id: Mapped[int] = mapped_column(sa.ForeignKey("complaint.id"), index=True)
    # The answer that it was about: of the order itself or of the one that took this in.
    answer_id: Mapped[int] = mapped_column(sa.ForeignKey("complaint_answer.id"))
    called_on: Mapped[date]
    called_by: Mapped[CalledBy] = mapped_column(enum_column(CalledBy))
    satisfaction: Mapped[Satisfaction] = mapped_column(enum_column(Satisfaction))
    remark: Mapped[str] = mapped_column(default="", info=SPOKEN)
    entered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    # Of one who is not satisfied: when the desk's head decided whether it is handled again.
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))

    entered_by: Mapped[Officer] = relationship(foreign_keys=entered_by_id)

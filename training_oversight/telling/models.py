"""What the county asks who told it of something, and what they say to it."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import Officer
from training_oversight.complaints.models import SPOKEN, Complaint
from training_oversight.database import Base, PrimaryKey


class ComplaintQuestion(Base):
    """One question to the reporter, read and answered on the tracking page.

    The desk and the handler alone read the reply: it is the reporter's own.
    """

    __tablename__ = "complaint_question"
    __table_args__ = (
        sa.CheckConstraint("question <> ''", name="asks_something"),
        sa.CheckConstraint("(replied_at IS NULL) = (reply = '')", name="replied_whole"),
        sa.CheckConstraint(
            "(read_on IS NULL) = (read_by_id IS NULL) "
            "AND (read_on IS NULL OR replied_at IS NOT NULL)",
            name="read_after_the_reply",
        ),
        # One at a time: a second question would hide the first.
        sa.Index(
            "uq_complaint_question_open",
            "complaint_id",
            unique=True,
            sqlite_where=sa.text("replied_at IS NULL"),
            postgresql_where=sa.text("replied_at IS NULL"),
        ),
        sa.Index("ix_complaint_question_unread", "complaint_id", "read_on", "replied_at"),
    )

    id: Mapped[PrimaryKey]
    complaint_id: Mapped[int] = mapped_column(sa.ForeignKey("complaint.id"))
    question: Mapped[str] = mapped_column(info=SPOKEN)
    asked_on: Mapped[date]
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    reply: Mapped[str] = mapped_column(default="", info=SPOKEN)
    replied_at: Mapped[datetime | None]
    read_on: Mapped[date | None]
    read_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))

    complaint: Mapped[Complaint] = relationship()
    asked_by: Mapped[Officer] = relationship(foreign_keys=asked_by_id)
    read_by: Mapped[Officer | None] = relationship(foreign_keys=read_by_id)

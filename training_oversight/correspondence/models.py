"""Messages: to whom, what about, in which words, and what became of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import InDivision, Officer
from training_oversight.correspondence.workflow import MESSAGE_WORKFLOW, MessageState
from training_oversight.database import Base, PrimaryKey, enum_column
from training_oversight.workflow import Workflow


class Message(InDivision, Base):
    """One thing to tell one department. It was written in the transaction of what it tells of."""

    __tablename__ = "message"
    __table_args__ = (
        # What makes a message exactly-once, however often a button is pressed.
        sa.UniqueConstraint("kind", "subject_kind", "subject_id"),
        sa.CheckConstraint(
            "(state IN ('message_waiting', 'message_ready') AND released_on IS NULL) "
            "OR (state IN ('message_released', 'message_sent', 'message_handed_over') "
            "AND released_on IS NOT NULL) OR state IN ('message_dropped', 'message_settled')",
            name="released_on_if_released",
        ),
        sa.CheckConstraint(
            "(released_on IS NULL) = (released_by_id IS NULL) "
            "AND (released_on IS NULL) = (channel IS NULL)",
            name="released_by_a_person_to_a_channel",
        ),
        sa.CheckConstraint(
            "(state = 'message_sent') = (sent_at IS NOT NULL)", name="sent_at_if_sent"
        ),
        sa.CheckConstraint(
            "(state = 'message_handed_over') = (handed_over_on IS NOT NULL) "
            "AND (handed_over_on IS NULL) = (handed_over_by_id IS NULL) "
            "AND (handed_over_on IS NULL) = (how = '')",
            name="how_if_handed_over",
        ),
        sa.CheckConstraint("handed_over_on >= released_on", name="days_in_order"),
        sa.CheckConstraint(
            "(state = 'message_dropped') = (dropped_reason <> '')", name="reason_if_dropped"
        ),
        sa.Index("ix_message_list", "division_path", "state", "id"),
    )

    id: Mapped[PrimaryKey]
    # Code of the kind; the area that declared it knows its words and its page.
    kind: Mapped[str]
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"))
    department_id: Mapped[int] = mapped_column(sa.ForeignKey("department.id"), index=True)
    # As the department was called when the message was written.
    department_name: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    # [message id, {values}], as ``law.sentences`` keeps a sentence. No telephone numbers.
    words: Mapped[list[object]]
    state: Mapped[MessageState] = mapped_column(
        enum_column(MessageState), default=MessageState.WAITING
    )
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    released_on: Mapped[date | None]
    released_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    # To which channel it was given, and what that said to it.
    channel: Mapped[str | None]
    answer: Mapped[list[object]] = mapped_column(default=list)
    sent_at: Mapped[datetime | None]
    handed_over_on: Mapped[date | None]
    handed_over_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    how: Mapped[str] = mapped_column(default="")
    dropped_reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()

    written_by: Mapped[Officer] = relationship(foreign_keys=written_by_id)
    released_by: Mapped[Officer | None] = relationship(foreign_keys=released_by_id)
    handed_over_by: Mapped[Officer | None] = relationship(foreign_keys=handed_over_by_id)

    workflow: ClassVar[Workflow] = MESSAGE_WORKFLOW
    __mapper_args__ = {"version_id_col": version}

"""What is asked of the 12345 centre about an order, and what the centre said."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import Officer
from training_oversight.complaints.kinds import RequestKind, RequestResult
from training_oversight.database import Base, PrimaryKey, enum_column


class ComplaintRequest(Base):
    """More time, or that another office takes the order. At most one of an order is open."""

    __tablename__ = "complaint_request"
    __table_args__ = (
        sa.Index(
            "uq_complaint_request_open",
            "complaint_id",
            unique=True,
            sqlite_where=sa.text("result IS NULL"),
            postgresql_where=sa.text("result IS NULL"),
        ),
        sa.CheckConstraint("(kind = 'extension') = (wanted_on IS NOT NULL)", name="wants_a_day"),
        sa.CheckConstraint(
            "(result IS NULL) = (decided_on IS NULL) "
            "AND (result IS NULL) = (entered_by_id IS NULL)",
            name="decided_whole",
        ),
        sa.CheckConstraint(
            "(granted_until IS NOT NULL) = (kind = 'extension' AND result IS NOT NULL "
            "AND result = 'granted')",
            name="until_a_day",
        ),
        sa.CheckConstraint("decided_on >= asked_on", name="decided_after"),
        sa.CheckConstraint("ground <> ''", name="says_why"),
    )

    id: Mapped[PrimaryKey]
    complaint_id: Mapped[int] = mapped_column(sa.ForeignKey("complaint.id"), index=True)
    kind: Mapped[RequestKind] = mapped_column(enum_column(RequestKind))
    # To which day more time is wanted.
    wanted_on: Mapped[date | None]
    ground: Mapped[str]
    asked_on: Mapped[date]
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    result: Mapped[RequestResult | None] = mapped_column(enum_column(RequestResult))
    decided_on: Mapped[date | None]
    granted_until: Mapped[date | None]
    # The centre's own words.
    words: Mapped[str] = mapped_column(default="")
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))

    asked_by: Mapped[Officer] = relationship(foreign_keys=asked_by_id)
    entered_by: Mapped[Officer | None] = relationship(foreign_keys=entered_by_id)

"""A reward for a report. Of the reporter it knows the order alone: no name, no contact."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import Department, InDivision, Officer
from training_oversight.complaints.kinds import Truth
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.workflow import ComplaintState
from training_oversight.database import Base, PrimaryKey, enum_column
from training_oversight.rewards.workflow import REWARD_WORKFLOW, RewardState
from training_oversight.workflow import Workflow

VERIFIED = (Truth.TRUE, Truth.PARTLY)
ANSWERED = (ComplaintState.ANSWERED, ComplaintState.CLOSED)
_LIVE = sa.text("state NOT IN ('refused', 'withdrawn')")


def is_verified(complaint: Complaint) -> bool:
    """Whether the answer that stands says that it proved true, at least in part; of a merged
    report the answer to the order that took it in."""
    order = complaint.merged_into or complaint
    answer = order.answer
    return order.state in ANSWERED and answer is not None and answer.truth in VERIFIED


class Reward(InDivision, Base):
    """What the county gives to who told it. It is claimed with the code and the own word."""

    __tablename__ = "reward"
    __table_args__ = (
        sa.UniqueConstraint("authority_id", "year", "serial"),
        # Each reporter has an order of their own, also of what was merged: one reward of each.
        sa.Index(
            "uq_reward_live",
            "complaint_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        sa.CheckConstraint("fen > 0", name="something"),
        sa.CheckConstraint(
            "(approved_on IS NULL) = (approved_by_id IS NULL)", name="approved_whole"
        ),
        sa.CheckConstraint(
            "(approved_on IS NOT NULL) = (state IN ('approved', 'paid', 'withdrawn'))",
            name="approved_if_claimable",
        ),
        sa.CheckConstraint("(paid_on IS NULL) = (paid_by_id IS NULL)", name="paid_whole"),
        sa.CheckConstraint("(paid_on IS NOT NULL) = (state = 'paid')", name="paid_on_if_paid"),
        sa.CheckConstraint(
            "approved_by_id <> proposed_by_id AND paid_by_id <> proposed_by_id "
            "AND paid_by_id <> approved_by_id",
            name="three_people",
        ),
        sa.CheckConstraint(
            "approved_on >= proposed_on AND paid_on >= approved_on AND until_on >= approved_on "
            "AND paid_on <= until_on",
            name="days_in_order",
        ),
        sa.Index("ix_reward_list", "division_path", "state", "id"),
        sa.Index("ix_reward_department", "department_id", "state", "id"),
    )

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"))
    year: Mapped[int]
    serial: Mapped[int]
    # Whose reporter it is for.
    complaint_id: Mapped[int] = mapped_column(sa.ForeignKey("complaint.id"), index=True)
    # Which department handled the order: with the desk and the county it reads the reward.
    department_id: Mapped[int] = mapped_column(sa.ForeignKey("department.id"))
    fen: Mapped[int] = mapped_column(sa.BigInteger)
    reason: Mapped[str]
    state: Mapped[RewardState] = mapped_column(
        enum_column(RewardState), default=RewardState.PROPOSED
    )
    proposed_on: Mapped[date]
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    approved_on: Mapped[date | None]
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    # The last day on which it can be claimed, by the county's days; empty where it set none.
    until_on: Mapped[date | None]
    paid_on: Mapped[date | None]
    paid_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    version: Mapped[int] = mapped_column()

    complaint: Mapped[Complaint] = relationship()
    department: Mapped[Department] = relationship()
    proposed_by: Mapped[Officer] = relationship(foreign_keys=proposed_by_id)
    approved_by: Mapped[Officer | None] = relationship(foreign_keys=approved_by_id)
    paid_by: Mapped[Officer | None] = relationship(foreign_keys=paid_by_id)

    workflow: ClassVar[Workflow] = REWARD_WORKFLOW
    __mapper_args__ = {"version_id_col": version}

    @property
    def number(self) -> str:
        return f"JL-{self.year}-{self.serial:04}"

    @property
    def is_verified(self) -> bool:
        return is_verified(self.complaint)

    def has_lapsed(self, today: date) -> bool:
        """True by itself once the last day is over."""
        return (
            self.state is RewardState.APPROVED
            and self.until_on is not None
            and self.until_on < today
        )

"""Joint cases, the items in them, and what each department is asked to do."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import Department, InDivision, Officer
from training_oversight.database import Base, PrimaryKey, enum_column
from training_oversight.enforcement.workflow import (
    CASE_WORKFLOW,
    TASK_WORKFLOW,
    CaseState,
    TaskState,
)
from training_oversight.ledger.models import RectificationItem
from training_oversight.registry.models import Institution
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import Workflow


class Trigger(LabelledEnum):
    OVERDUE = "overdue", Text("Overdue items")
    STILL_VIOLATING = "still_violating", Text("Still violating after a notice")
    UNLICENSED = "unlicensed", Text("Unlicensed venue")


class JointCase(InDivision, Base):
    """Several departments at one institution, each using its own power."""

    __tablename__ = "joint_case"
    __table_args__ = (
        sa.UniqueConstraint("authority_id", "year", "serial"),
        sa.Index(
            "uq_joint_case_live",
            "institution_id",
            unique=True,
            sqlite_where=sa.text("state <> 'concluded'"),
            postgresql_where=sa.text("state <> 'concluded'"),
        ),
        sa.CheckConstraint(
            "state <> 'convened' OR (decided_by IS NOT NULL AND decided_on IS NOT NULL)",
            name="decided_if_convened",
        ),
        sa.CheckConstraint(
            "(state = 'concluded') = (concluded_on IS NOT NULL)", name="concluded_on_if_concluded"
        ),
        sa.CheckConstraint(
            "state = 'concluded' OR (state = 'convened') = (convened_on IS NOT NULL)",
            name="convened_on_if_convened",
        ),
        sa.CheckConstraint(
            "(convened_on IS NULL) = (convened_by_id IS NULL) "
            "AND (convened_on IS NULL) = (decided_on IS NULL) "
            "AND (convened_on IS NULL) = (decided_by IS NULL)",
            name="convened_by_a_person",
        ),
        sa.CheckConstraint(
            "convened_on >= raised_on AND convened_on >= decided_on "
            "AND concluded_on >= raised_on AND concluded_on >= convened_on",
            name="days_in_order",
        ),
        sa.Index("ix_joint_case_list", "division_path", "state", "id"),
    )

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"))
    year: Mapped[int]
    serial: Mapped[int]
    institution_id: Mapped[int] = mapped_column(sa.ForeignKey("institution.id"), index=True)
    trigger: Mapped[Trigger] = mapped_column(enum_column(Trigger))
    summary: Mapped[str] = mapped_column(default="")
    state: Mapped[CaseState] = mapped_column(enum_column(CaseState), default=CaseState.RAISED)
    raised_on: Mapped[date]
    raised_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    # Who decided that departments be asked, when, and in which instruction.
    decided_by: Mapped[str | None]
    decided_on: Mapped[date | None]
    decision_document: Mapped[str | None]
    convened_on: Mapped[date | None]
    convened_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    concluded_on: Mapped[date | None]
    conclusion: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()

    institution: Mapped[Institution] = relationship()
    convened_by: Mapped[Officer | None] = relationship(foreign_keys=convened_by_id)
    entries: Mapped[list[JointCaseItem]] = relationship(
        back_populates="case", order_by="JointCaseItem.id"
    )
    tasks: Mapped[list[JointTask]] = relationship(back_populates="case", order_by="JointTask.id")

    workflow: ClassVar[Workflow] = CASE_WORKFLOW
    __mapper_args__ = {"version_id_col": version}

    @property
    def number(self) -> str:
        return f"LH-{self.year}-{self.serial:02}"


class JointCaseItem(Base):
    """That an item is in a case. For one deadline an item is raised once and never again."""

    __tablename__ = "joint_case_item"
    __table_args__ = (
        sa.Index(
            "uq_joint_case_item_live",
            "item_id",
            unique=True,
            sqlite_where=sa.text("left_on IS NULL"),
            postgresql_where=sa.text("left_on IS NULL"),
        ),
        # What makes the morning job exactly-once, however many processes run it.
        sa.UniqueConstraint("item_id", "due_on"),
        sa.CheckConstraint("left_on >= joined_on", name="left_after_joined"),
    )

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("joint_case.id"), index=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("rectification_item.id"))
    # The deadline that lapsed; null when a person put the item in.
    due_on: Mapped[date | None]
    joined_on: Mapped[date]
    left_on: Mapped[date | None]

    case: Mapped[JointCase] = relationship(back_populates="entries")
    item: Mapped[RectificationItem] = relationship()


class JointTask(InDivision, Base):
    """What one department is asked to do under its own power."""

    __tablename__ = "joint_task"
    __table_args__ = (
        sa.CheckConstraint(
            "state <> 'returned' OR (return_ground IS NOT NULL "
            "AND return_department_id IS NOT NULL)",
            name="ground_if_returned",
        ),
        sa.CheckConstraint(
            "(state = 'done') = (reported_on IS NOT NULL) "
            "AND (reported_on IS NULL) = (reported_by_id IS NULL) "
            "AND (reported_on IS NULL) = (result = '')",
            name="result_if_done",
        ),
        sa.CheckConstraint(
            "state = 'cancelled' OR (state = 'drafted') = (released_on IS NULL)",
            name="released_on_if_released",
        ),
        sa.CheckConstraint(
            "state NOT IN ('accepted', 'done') OR accepted_on IS NOT NULL",
            name="accepted_on_if_accepted",
        ),
        sa.CheckConstraint(
            "(accepted_on IS NULL) = (accepted_by_id IS NULL)", name="accepted_on_and_by"
        ),
        sa.CheckConstraint(
            "accepted_on >= released_on AND reported_on >= accepted_on "
            "AND returned_on >= released_on AND insisted_on >= returned_on",
            name="days_in_order",
        ),
        sa.Index("ix_joint_task_department", "department_id", "state", "due_on", "id"),
    )

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("joint_case.id"), index=True)
    department_id: Mapped[int] = mapped_column(sa.ForeignKey("department.id"))
    asked: Mapped[str]
    due_on: Mapped[date | None]
    state: Mapped[TaskState] = mapped_column(enum_column(TaskState), default=TaskState.DRAFTED)
    released_on: Mapped[date | None]
    accepted_on: Mapped[date | None]
    accepted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    return_ground: Mapped[str | None]
    return_department_id: Mapped[int | None] = mapped_column(sa.ForeignKey("department.id"))
    returned_on: Mapped[date | None]
    insisted_on: Mapped[date | None]
    result: Mapped[str] = mapped_column(default="")
    reported_on: Mapped[date | None]
    reported_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    # The task that this one replaced after a return.
    replaces_id: Mapped[int | None] = mapped_column(sa.ForeignKey("joint_task.id"))
    version: Mapped[int] = mapped_column()

    case: Mapped[JointCase] = relationship(back_populates="tasks")
    department: Mapped[Department] = relationship(foreign_keys=department_id)
    return_department: Mapped[Department | None] = relationship(foreign_keys=return_department_id)
    accepted_by: Mapped[Officer | None] = relationship(foreign_keys=accepted_by_id)
    reported_by: Mapped[Officer | None] = relationship(foreign_keys=reported_by_id)

    workflow: ClassVar[Workflow] = TASK_WORKFLOW
    __mapper_args__ = {"version_id_col": version}

"""Campaigns, the targets that they were frozen into, and the reports owed for them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import Department, Division, InDivision, Officer
from training_oversight.campaigns.workflow import (
    CAMPAIGN_WORKFLOW,
    REPORT_WORKFLOW,
    CampaignState,
    ReportState,
)
from training_oversight.catalogue.models import Checklist
from training_oversight.database import NEVER_REUSED, Base, PrimaryKey, enum_column
from training_oversight.inspections.models import Visit, VisitKind
from training_oversight.registry.models import Institution
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import Workflow


class TargetOrigin(LabelledEnum):
    """How a place came to stand among the targets."""

    FROZEN = "frozen", Text("In the scope at the start")
    ADDED = "added", Text("Added later")
    PROPOSED = "proposed", Text("Fell into the scope later")


class ReporterKind(LabelledEnum):
    TOWNSHIP = "township", Text("Township or street office")
    DEPARTMENT = "department", Text("Department")
    SCHOOL = "school", Text("School")


class Campaign(InDivision, Base):
    """What a superior has asked for, or the county itself: a plan, a scope, a time."""

    __tablename__ = "campaign"
    __table_args__ = (
        sa.UniqueConstraint("authority_id", "year", "serial"),
        sa.CheckConstraint("ends_on >= begins_on", name="days_in_order"),
        sa.CheckConstraint(
            "(state IN ('running', 'closed')) = (started_on IS NOT NULL)",
            name="started_on_if_begun",
        ),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_on IS NOT NULL)", name="closed_on_if_closed"
        ),
        sa.CheckConstraint(
            "(state IN ('approved', 'running', 'closed')) = (approved_by_id IS NOT NULL) "
            "AND (approved_by_id IS NULL) = (approved_on IS NULL)",
            name="approved_by_if_approved",
        ),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> prepared_by_id",
            name="approved_by_another",
        ),
        sa.Index("ix_campaign_list", "division_path", "state", "id"),
    )

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"))
    year: Mapped[int]
    serial: Mapped[int]
    title: Mapped[str]
    # The paper on which it rests, as the superior named and numbered it; empty where the county
    # acts of its own accord.
    superior: Mapped[str] = mapped_column(default="")
    document_title: Mapped[str] = mapped_column(default="")
    document_number: Mapped[str] = mapped_column(default="")
    begins_on: Mapped[date]
    ends_on: Mapped[date]
    plan: Mapped[str] = mapped_column(default="")
    kind: Mapped[VisitKind] = mapped_column(enum_column(VisitKind))
    # One version for all; nothing: that of each institution's kind, on the day of planning.
    checklist_id: Mapped[int | None] = mapped_column(sa.ForeignKey("checklist.id"))
    # The filter of the register, as its address writes it: a rule until the start, and afterwards
    # what tells which places have fallen into the scope since. What is searched for may be a
    # telephone number.
    scope: Mapped[str] = mapped_column(default="", info={"protected": True})
    scope_words: Mapped[str] = mapped_column(default="")
    based_on_id: Mapped[int | None] = mapped_column(sa.ForeignKey("campaign.id"), index=True)
    state: Mapped[CampaignState] = mapped_column(
        enum_column(CampaignState), default=CampaignState.DRAFT
    )
    prepared_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    prepared_on: Mapped[date]
    submitted_on: Mapped[date | None]
    returned_note: Mapped[str] = mapped_column(default="")
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    approved_on: Mapped[date | None]
    started_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    conclusion: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()

    checklist: Mapped[Checklist | None] = relationship()
    based_on: Mapped[Campaign | None] = relationship(remote_side="Campaign.id")
    prepared_by: Mapped[Officer] = relationship(foreign_keys=prepared_by_id)
    approved_by: Mapped[Officer | None] = relationship(foreign_keys=approved_by_id)
    departments: Mapped[list[Department]] = relationship(
        secondary="campaign_department", order_by="Department.id", viewonly=True
    )

    workflow: ClassVar[Workflow] = CAMPAIGN_WORKFLOW
    __mapper_args__ = {"version_id_col": version}

    @property
    def number(self) -> str:
        return f"ZX-{self.year}-{self.serial:02}"


class CampaignDepartment(Base):
    """A department that takes part."""

    __tablename__ = "campaign_department"

    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id"), primary_key=True)
    department_id: Mapped[int] = mapped_column(sa.ForeignKey("department.id"), primary_key=True)


class CampaignTarget(InDivision, Base):
    """A place that the campaign owes a visit. Township and kind are those of the day it came in.

    Who is taken out stays, with the reason, and counts in no figure.
    """

    __tablename__ = "campaign_target"
    __table_args__ = (
        sa.Index(
            "uq_campaign_target_standing",
            "campaign_id",
            "institution_id",
            unique=True,
            sqlite_where=sa.text("taken_out_on IS NULL"),
            postgresql_where=sa.text("taken_out_on IS NULL"),
        ),
        sa.CheckConstraint("origin = 'frozen' OR came_in_because <> ''", name="why_if_later"),
        sa.CheckConstraint(
            "(taken_out_on IS NULL) = (taken_out_because = '')", name="why_if_taken_out"
        ),
        sa.CheckConstraint("(exempt_on IS NULL) = (exempt_because = '')", name="why_if_exempt"),
        sa.Index("ix_campaign_target_list", "campaign_id", "sort_key", "id"),
        NEVER_REUSED,
    )

    id: Mapped[PrimaryKey]
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id"))
    institution_id: Mapped[int] = mapped_column(sa.ForeignKey("institution.id"), index=True)
    township_id: Mapped[int] = mapped_column(sa.ForeignKey("division.id"))
    kind_code: Mapped[str | None]
    # ASCII, as that of the institution on that day.
    sort_key: Mapped[str]
    # Who answers for its visit: at first who is in charge of the institution.
    officer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"), index=True)
    origin: Mapped[TargetOrigin] = mapped_column(enum_column(TargetOrigin))
    came_in_on: Mapped[date]
    came_in_because: Mapped[str] = mapped_column(default="")
    taken_out_on: Mapped[date | None]
    taken_out_because: Mapped[str] = mapped_column(default="")
    exempt_on: Mapped[date | None]
    exempt_because: Mapped[str] = mapped_column(default="")
    # Why no visit came about, said before the campaign was closed.
    open_because: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()

    campaign: Mapped[Campaign] = relationship()
    institution: Mapped[Institution] = relationship()
    township: Mapped[Division] = relationship()
    officer: Mapped[Officer | None] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def stands(self) -> bool:
        return self.taken_out_on is None


class CampaignVisit(Base):
    """A visit that was made from a target, and who of its team is in charge of it."""

    __tablename__ = "campaign_visit"

    visit_id: Mapped[int] = mapped_column(sa.ForeignKey("visit.id"), primary_key=True)
    target_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign_target.id"), index=True)
    lead_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"), index=True)

    visit: Mapped[Visit] = relationship()
    target: Mapped[CampaignTarget] = relationship()
    lead: Mapped[Officer | None] = relationship()


class CampaignReport(InDivision, Base):
    """What a township, a department or a school owes by a day."""

    __tablename__ = "campaign_report"
    __table_args__ = (
        sa.UniqueConstraint("campaign_id", "reporter_kind", "reporter", "due_on"),
        sa.CheckConstraint(
            "state NOT IN ('reported', 'zero', 'returned') OR reported_on IS NOT NULL",
            name="reported_on_if_reported",
        ),
        sa.CheckConstraint("state <> 'returned' OR returned_note <> ''", name="why_if_returned"),
        sa.Index("ix_campaign_report_list", "campaign_id", "due_on", "id"),
    )

    id: Mapped[PrimaryKey]
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id"))
    reporter_kind: Mapped[ReporterKind] = mapped_column(enum_column(ReporterKind))
    # As it is called; schools are in no register of ours.
    reporter: Mapped[str]
    due_on: Mapped[date]
    state: Mapped[ReportState] = mapped_column(enum_column(ReportState), default=ReportState.OWED)
    reported_on: Mapped[date | None]
    reported_by_name: Mapped[str] = mapped_column(default="")
    content: Mapped[str] = mapped_column(default="")
    returned_note: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()

    campaign: Mapped[Campaign] = relationship()

    workflow: ClassVar[Workflow] = REPORT_WORKFLOW
    __mapper_args__ = {"version_id_col": version}

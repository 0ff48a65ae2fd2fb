"""Visits, the answers to their checklist, and findings."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import InDivision, Officer
from training_oversight.catalogue.models import Checklist, Severity, ViolationType
from training_oversight.database import Base, PrimaryKey, enum_column
from training_oversight.inspections import sources
from training_oversight.inspections.workflow import (
    FINDING_WORKFLOW,
    VISIT_WORKFLOW,
    FindingState,
    VisitState,
)
from training_oversight.registry.models import Institution, LargestValue, PositionSource, keep
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import Workflow


class VisitKind(LabelledEnum):
    SURVEY = "survey", Text("Survey")
    ROUTINE = "routine", Text("Routine check")
    SINGLE_CASE = "single_case", Text("Single-case check")
    CAMPAIGN = "campaign", Text("Campaign check")
    RANDOM_DRAW = "random_draw", Text("Random draw")
    RE_INSPECTION = "re_inspection", Text("Re-inspection")
    JOINT = "joint", Text("Joint check")
    COMPLAINT = "complaint", Text("Complaint follow-up")
    SUPERVISION = "supervision", Text("Supervision visit")
    GUIDANCE = "guidance", Text("Guidance visit")
    DESK = "desk", Text("Desk check")


# These give leads or advice; a notice cannot be founded on them.
NOT_FORMAL = frozenset({VisitKind.SUPERVISION, VisitKind.GUIDANCE, VisitKind.DESK})


class Approval(LabelledEnum):
    APPROVED = "approved", Text("Approved before the visit")
    TO_FOLLOW = "to_follow", Text("Approval to follow")
    NOT_NEEDED = "not_needed", Text("No approval needed")
    # Nobody has said so far; as in ``TO_FOLLOW`` somebody still has to.
    UNSTATED = "unstated", Text("Approval not stated")


# Somebody still has to approve, or to say that no approval is needed.
APPROVAL_OWED = (Approval.TO_FOLLOW, Approval.UNSTATED)


class NotPossible(LabelledEnum):
    CLOSED = "closed_door", Text("Door closed")
    REFUSED = "refused_entry", Text("Entry refused")
    MOVED = "moved_out", Text("Moved away from there")


class Answer(LabelledEnum):
    YES = "yes", Text("Complies")
    NO = "no", Text("Does not comply")
    NOT_APPLICABLE = "na", Text("Not applicable")


class Visit(InDivision, Base):
    """An inspection visit. When it happened and when it was entered are two times."""

    __tablename__ = "visit"
    __table_args__ = (
        sa.Index("ix_visit_list", "division_path", "happened_at", "id"),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="both_or_none"),
        sa.CheckConstraint(
            "(state = 'not_possible') = (not_possible IS NOT NULL)", name="why_if_not_possible"
        ),
        sa.CheckConstraint("ended_at >= happened_at", name="ended_after_begun"),
        sa.UniqueConstraint("authority_id", "client_key"),
    )

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"))
    institution_id: Mapped[int] = mapped_column(sa.ForeignKey("institution.id"), index=True)
    kind: Mapped[VisitKind] = mapped_column(enum_column(VisitKind))
    purpose: Mapped[str] = mapped_column(default="")
    approval: Mapped[Approval] = mapped_column(enum_column(Approval))
    approved_by_name: Mapped[str | None]
    approved_on: Mapped[date | None]
    # The number under which an outside system registered the visit (扫码入企).
    outside_number: Mapped[str | None]
    happened_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    # Made where it was typed in, a UUID: what is sent a second time is no second visit.
    client_key: Mapped[str | None]
    # Grid workers, auxiliary staff, others who came along; they do not inspect.
    helpers: Mapped[str] = mapped_column(default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    position_accuracy: Mapped[int | None]
    position_source: Mapped[PositionSource | None] = mapped_column(enum_column(PositionSource))
    # Metres between where it was logged and the registered place of that day.
    distance: Mapped[int | None]
    checklist_id: Mapped[int | None] = mapped_column(sa.ForeignKey("checklist.id"))
    representative: Mapped[str | None] = mapped_column(info={"protected": True})
    representative_role: Mapped[str | None]
    statement: Mapped[str] = mapped_column(default="")
    minutes: Mapped[str] = mapped_column(default="")
    unanswered_reason: Mapped[str | None]
    not_possible: Mapped[NotPossible | None] = mapped_column(enum_column(NotPossible))
    state: Mapped[VisitState] = mapped_column(enum_column(VisitState), default=VisitState.PLANNED)
    version: Mapped[int] = mapped_column()

    institution: Mapped[Institution] = relationship()
    checklist: Mapped[Checklist | None] = relationship()
    entered_by: Mapped[Officer] = relationship()
    officers: Mapped[list[Officer]] = relationship(secondary="visit_officer", viewonly=True)
    officer_rows: Mapped[list[VisitOfficer]] = relationship()
    answers: Mapped[list[VisitAnswer]] = relationship()
    findings: Mapped[list[Finding]] = relationship(
        back_populates="visit", order_by="Finding.id", viewonly=True
    )

    workflow: ClassVar[Workflow] = VISIT_WORKFLOW
    __mapper_args__ = {"version_id_col": version}

    @property
    def entered_later(self) -> bool:
        """It was written down after it had begun, so its end is not known from the clock."""
        return self.happened_at < self.entered_at

    @property
    def lacks_approval(self) -> bool:
        """It has begun, and nobody has recorded its approval or that none was needed."""
        return self.approval in APPROVAL_OWED and self.state is not VisitState.PLANNED

    @classmethod
    def lacking_approval(cls) -> sa.ColumnElement[bool]:
        """The same for a list."""
        return sa.and_(cls.approval.in_(APPROVAL_OWED), cls.state != VisitState.PLANNED)

    @property
    def formal(self) -> bool:
        return self.kind not in NOT_FORMAL


# What "visited" means wherever lists speak of it: somebody was there, and got in. A look at
# papers from the desk is none, and who stood before a closed door still owes the visit.
VISITED = LargestValue(
    column="sort_visited",
    table="visit",
    value="happened_at",
    none="'1900-01-01 00:00:00.000000Z'",
    counts="state = 'done' AND kind <> 'desk'",
    watched=("institution_id", "happened_at", "state", "kind"),
)
keep(VISITED, Visit.__table__)


class VisitOfficer(Base):
    """An officer who inspected, with the certificate number of that day."""

    __tablename__ = "visit_officer"

    visit_id: Mapped[int] = mapped_column(sa.ForeignKey("visit.id"), primary_key=True)
    officer_id: Mapped[int] = mapped_column(
        sa.ForeignKey("officer.id"), primary_key=True, index=True
    )
    certificate_number: Mapped[str | None]


class VisitAnswer(Base):
    __tablename__ = "visit_answer"

    visit_id: Mapped[int] = mapped_column(sa.ForeignKey("visit.id"), primary_key=True)
    item_code: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[Answer] = mapped_column(enum_column(Answer))
    note: Mapped[str] = mapped_column(default="")


OF_A_VISIT = f"CASE WHEN source_kind = '{sources.VISIT}' THEN source_key END"


class Finding(InDivision, Base):
    """A problem that somebody found, and what was done with it."""

    __tablename__ = "finding"
    __table_args__ = (
        sa.Index("ix_finding_state", "state", "division_path", "id"),
        sa.CheckConstraint(
            f"source_kind <> '{sources.VISIT}' OR source_key IS NOT NULL", name="which_visit"
        ),
        sa.CheckConstraint(
            "state <> 'set_aside' OR decided_note <> ''", name="set_aside_with_reason"
        ),
        sa.CheckConstraint(
            "(state = 'pending') = (decided_by_id IS NULL)", name="decided_by_if_decided"
        ),
        sa.UniqueConstraint("authority_id", "client_key"),
    )

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"))
    institution_id: Mapped[int] = mapped_column(sa.ForeignKey("institution.id"), index=True)
    # What it comes from (``sources``), and the key of the record of ours behind it, if any.
    source_kind: Mapped[str]
    source_key: Mapped[int | None]
    # The same for a visit, kept by the database: a problem cannot come from one that is not there.
    visit_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("visit.id"),
        sa.Computed(
            f"CASE WHEN source_kind = '{sources.VISIT}' THEN source_key END", persisted=True
        ),
        index=True,
    )
    checklist_item_code: Mapped[str | None]
    # Made on the phone that wrote it down, a UUID: what is sent a second time is no second problem.
    client_key: Mapped[str | None]
    violation_type_id: Mapped[int] = mapped_column(sa.ForeignKey("violation_type.id"))
    severity: Mapped[Severity] = mapped_column(enum_column(Severity))
    # One line, as the ledger shows it; the facts say it in full.
    title: Mapped[str]
    facts: Mapped[str]
    found_on: Mapped[date]
    entered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    entered_at: Mapped[datetime]
    state: Mapped[FindingState] = mapped_column(
        enum_column(FindingState), default=FindingState.PENDING
    )
    # Why it was set aside, or how it was put right on the spot.
    decided_note: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    version: Mapped[int] = mapped_column()

    institution: Mapped[Institution] = relationship()
    visit: Mapped[Visit | None] = relationship(back_populates="findings", viewonly=True)
    violation_type: Mapped[ViolationType] = relationship()

    workflow: ClassVar[Workflow] = FINDING_WORKFLOW
    __mapper_args__ = {"version_id_col": version}

    @property
    def source(self) -> Text | str:
        return sources.words(self.source_kind)

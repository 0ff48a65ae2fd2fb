"""Rectification items, their limits and verifications."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import InDivision, Officer
from training_oversight.catalogue.models import CloseReason, Severity, ViolationType
from training_oversight.database import Base, Flag, PrimaryKey, enum_column
from training_oversight.inspections.models import Finding, Visit
from training_oversight.law import Unit
from training_oversight.ledger import clocks
from training_oversight.ledger.clocks import LimitKind, TwoClocks
from training_oversight.ledger.workflow import ITEM_WORKFLOW, ItemState, ItemVerb
from training_oversight.registry.models import Institution
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import Workflow, undecided


class LimitBasis(LabelledEnum):
    """Why the deadline is what it is; every deadline names one."""

    SERVICE = "service", Text("Service of the notice")
    ON_THE_SPOT = "on_the_spot", Text("Ordered on the spot")
    ASSIGNMENT = "assignment", Text("Assigned")
    PROMISE = "promise", Text("Promised in writing")
    FIXED_DATE = "fixed_date", Text("Fixed date")
    RE_CHECK = "re_check", Text("New limit after a failed re-check")
    REOPENED = "reopened", Text("New limit after a relapse")


class VerificationMode(LabelledEnum):
    ON_SITE = "on_site", Text("Checked on site")
    DOCUMENTS = "documents", Text("By documents")
    PLATFORM = "platform", Text("On the platform")


class Verdict(LabelledEnum):
    PASSED = "passed_check", Text("Put right")
    FAILED = "failed_check", Text("Not put right")


OWED, WITH_OFFICE = clocks.OWED, clocks.WITH_OFFICE


class RectificationItem(TwoClocks, InDivision, Base):
    """One problem on the ledger (台账), from its number to its close-out (销号)."""

    __tablename__ = "rectification_item"
    __table_args__ = (
        sa.UniqueConstraint("authority_id", "year", "serial"),
        sa.CheckConstraint(
            "state NOT IN ('applied', 'verified') OR applied_on IS NOT NULL",
            name="applied_on_if_applied",
        ),
        sa.CheckConstraint("state <> 'open' OR applied_on IS NULL", name="open_until_applied"),
        sa.CheckConstraint(
            "(applied_on IS NULL) = (applied_by_id IS NULL)", name="applied_on_and_by"
        ),
        sa.CheckConstraint(
            "(state IN ('verified', 'closed')) = (verified_by_id IS NOT NULL) "
            "AND (verified_by_id IS NULL) = (verified_on IS NULL)",
            name="verified_if_verified",
        ),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_on IS NOT NULL) "
            "AND (closed_on IS NULL) = (closed_by_id IS NULL) "
            "AND (closed_on IS NULL) = (close_reason_id IS NULL)",
            name="closed_on_if_closed",
        ),
        sa.CheckConstraint(
            "state IN ('applied', 'verified') OR office_due_on IS NULL",
            name="office_due_if_with_office",
        ),
        sa.CheckConstraint(
            "(second_due_on IS NULL) = (second_kind IS NULL) "
            "AND (second_due_on IS NOT NULL OR second_met_on IS NULL)",
            name="second_limit_whole",
        ),
        sa.CheckConstraint(
            "(due_on IS NULL OR sort_due <= due_on) "
            "AND (second_due_on IS NULL OR sort_due <= second_due_on) "
            "AND (due_on IS NULL AND second_due_on IS NULL) = (sort_due = '9999-12-31')",
            name="sorted_by_the_first_limit",
        ),
        # Nothing is dated before what it answers; a missing day refuses nothing.
        sa.CheckConstraint("registered_on >= found_on", name="registered_after_found"),
        sa.CheckConstraint("applied_on >= found_on", name="applied_after_found"),
        sa.CheckConstraint("second_met_on >= found_on", name="second_met_after_found"),
        sa.CheckConstraint(
            "verified_on >= found_on AND verified_on >= applied_on "
            "AND verified_on >= second_met_on",
            name="verified_after_applied",
        ),
        sa.CheckConstraint("closed_on >= verified_on", name="closed_after_verified"),
        sa.CheckConstraint("verified_by_id <> officer_in_charge_id", name="verified_by_another"),
        sa.CheckConstraint(
            "state <> 'closed' OR closed_by_id <> verified_by_id", name="closed_by_another"
        ),
        # What is late or near in the whole country, for jobs.
        sa.Index(
            "ix_item_due",
            *("state", "sort_due", "division_path"),
            *("due_on", "applied_on", "second_due_on", "second_met_on"),
        ),
        sa.Index("ix_item_listed", "listed", "state", "division_path"),
        # Holds all that the counts above the list ask for within a scope, and the list's order.
        sa.Index(
            "ix_item_count",
            *("state", "division_path", "sort_due", "id", "institution_id"),
            *("due_on", "applied_on", "second_due_on", "second_met_on"),
        ),
        sa.Index("ix_item_officer", "officer_in_charge_id", "state", "division_path", "due_on"),
        sa.Index("ix_item_type", "violation_code", "state", "sort_due", "id"),
    )

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"))
    year: Mapped[int]
    serial: Mapped[int]
    institution_id: Mapped[int] = mapped_column(sa.ForeignKey("institution.id"), index=True)
    finding_id: Mapped[int] = mapped_column(sa.ForeignKey("finding.id"), unique=True)
    violation_type_id: Mapped[int] = mapped_column(sa.ForeignKey("violation_type.id"))
    # The type's code, which stays the same from version to version: what lists filter by.
    violation_code: Mapped[str]
    severity: Mapped[Severity] = mapped_column(enum_column(Severity))
    title: Mapped[str]
    facts: Mapped[str]
    measure: Mapped[str] = mapped_column(default="")
    # Who must put it right: the institution, its organiser, a named person there.
    responsible_party: Mapped[str] = mapped_column(default="")
    responsible_person: Mapped[str] = mapped_column(default="")
    officer_in_charge_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    found_on: Mapped[date]
    registered_on: Mapped[date]
    registered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    due_basis: Mapped[LimitBasis | None] = mapped_column(enum_column(LimitBasis))
    # What the limit rests on, for instance the number of the notice.
    due_source: Mapped[str] = mapped_column(default="")
    # Counted across a year whose days off were not arranged yet: said wherever the day is.
    due_provisional: Mapped[Flag] = mapped_column(default=False)
    applied_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    # By when the office owes its re-check or its close-out.
    office_due_on: Mapped[date | None]
    verified_on: Mapped[date | None]
    verified_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    closed_on: Mapped[date | None]
    closed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    close_reason_id: Mapped[int | None] = mapped_column(sa.ForeignKey("close_reason.id"))
    # Entered on the national platform by hand, on that day.
    platform_on: Mapped[date | None]
    # 挂牌督办: a superior's listing; 两年内重复: after a served order or a penalty only.
    listed: Mapped[Flag] = mapped_column(default=False)
    repeated: Mapped[Flag] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    institution: Mapped[Institution] = relationship()
    finding: Mapped[Finding] = relationship()
    violation_type: Mapped[ViolationType] = relationship()
    officer_in_charge: Mapped[Officer | None] = relationship(foreign_keys=officer_in_charge_id)
    verified_by: Mapped[Officer | None] = relationship(foreign_keys=verified_by_id)
    closed_by: Mapped[Officer | None] = relationship(foreign_keys=closed_by_id)
    close_reason: Mapped[CloseReason | None] = relationship()
    limits: Mapped[list[ItemLimit]] = relationship(back_populates="item", order_by="ItemLimit.id")
    reports: Mapped[list[RectificationReport]] = relationship(
        back_populates="item", order_by="RectificationReport.id"
    )
    verifications: Mapped[list[Verification]] = relationship(
        back_populates="item", order_by="Verification.id"
    )

    workflow: ClassVar[Workflow] = ITEM_WORKFLOW
    __mapper_args__ = {"version_id_col": version}

    @property
    def standing_check(self) -> Verification | None:
        """The re-check that says how it stands now: none after a relapse, a return or a report
        that nobody has checked yet."""
        last = self.verifications[-1] if self.verifications else None
        if last is None:
            return None
        passed = last.verdict is Verdict.PASSED
        states = (ItemState.VERIFIED, ItemState.CLOSED) if passed else (ItemState.OPEN,)
        return last if self.state in states else None

    @property
    def number(self) -> str:
        return f"{self.year}-{self.serial:04}"

    def is_late_by_office(self, today: date) -> bool:
        return (
            self.state in WITH_OFFICE
            and self.office_due_on is not None
            and self.office_due_on < today
        )

    @classmethod
    def late_by_office_on(cls, today: date) -> sa.ColumnElement[bool]:
        return sa.and_(cls.state.in_(WITH_OFFICE), cls.office_due_on < today)


class ItemLimit(Base):
    """A deadline that was given, as a row: from which day, how long, on what basis."""

    __tablename__ = "item_limit"
    __table_args__ = (
        sa.CheckConstraint("(length IS NULL) = (unit IS NULL)", name="period_or_fixed"),
        sa.CheckConstraint("length IS NULL OR due_on > starts_on", name="period_after_its_start"),
    )

    id: Mapped[PrimaryKey]
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("rectification_item.id"), index=True)
    # What it is for: a second limit runs beside the first and does not replace it.
    kind: Mapped[LimitKind] = mapped_column(enum_column(LimitKind), default=LimitKind.RECTIFICATION)
    basis: Mapped[LimitBasis] = mapped_column(enum_column(LimitBasis))
    source: Mapped[str] = mapped_column(default="")
    # The event from which it counts (that day is not counted), and the period; a fixed
    # date has no period. Frozen: a later change of calendar must not move it silently.
    starts_on: Mapped[date]
    length: Mapped[int | None]
    unit: Mapped[Unit | None] = mapped_column(enum_column(Unit))
    due_on: Mapped[date]
    provisional: Mapped[Flag] = mapped_column(default=False)
    set_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    set_at: Mapped[datetime]

    item: Mapped[RectificationItem] = relationship(back_populates="limits")


class RectificationReport(Base):
    """What the institution reported once. A later report stands beside it, never in its place."""

    __tablename__ = "rectification_report"

    id: Mapped[PrimaryKey]
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("rectification_item.id"), index=True)
    # Which limit it answers: what has a limit of its own is often reported by itself.
    kind: Mapped[LimitKind] = mapped_column(enum_column(LimitKind), default=LimitKind.RECTIFICATION)
    received_on: Mapped[date]
    text: Mapped[str]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))

    item: Mapped[RectificationItem] = relationship(back_populates="reports")
    entered_by: Mapped[Officer] = relationship()


class Verification(Base):
    """A recorded re-check. Every close-out rests on one."""

    __tablename__ = "verification"
    __table_args__ = (
        sa.CheckConstraint("(mode = 'on_site') = (visit_id IS NOT NULL)", name="visit_if_on_site"),
        # One visit is one look: what failed on it cannot have passed on it.
        sa.UniqueConstraint("item_id", "visit_id"),
    )

    id: Mapped[PrimaryKey]
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("rectification_item.id"), index=True)
    mode: Mapped[VerificationMode] = mapped_column(enum_column(VerificationMode))
    verdict: Mapped[Verdict] = mapped_column(enum_column(Verdict))
    visit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    verified_on: Mapped[date]
    verified_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    entered_at: Mapped[datetime]
    note: Mapped[str]

    item: Mapped[RectificationItem] = relationship(back_populates="verifications")
    visit: Mapped[Visit | None] = relationship()
    verified_by: Mapped[Officer] = relationship()


class ReinspectionItem(Base):
    """Which open items a re-inspection visit has to look at: exactly those open on its day."""

    __tablename__ = "reinspection_item"

    visit_id: Mapped[int] = mapped_column(sa.ForeignKey("visit.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(
        sa.ForeignKey("rectification_item.id"), primary_key=True, index=True
    )

    item: Mapped[RectificationItem] = relationship()
    visit: Mapped[Visit] = relationship()


undecided.declare(RectificationItem, ItemVerb.PASS, ItemVerb.CLOSE)

"""Closing events, refunds of families, what was paid of them, and what families were told.

Money is whole fen. Who a family is stands sealed: lists know it by number and by marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import InDivision, Officer
from training_oversight.catalogue.models import RefundFormula
from training_oversight.complaints.models import Complaint
from training_oversight.database import Base, JsonList, PrimaryKey, enum_column
from training_oversight.inspections.models import Finding
from training_oversight.law import sentences
from training_oversight.refunds.formula import Contract
from training_oversight.refunds.workflow import (
    EVENT_WORKFLOW,
    REFUND_WORKFLOW,
    EventState,
    RefundState,
)
from training_oversight.registry.models import Institution
from training_oversight.texts import LabelledEnum, Text
from training_oversight.vault.sealing import recognising, sealed
from training_oversight.workflow import Workflow

# Amounts of many families together are more than 32 bits hold.
Fen = sa.BigInteger


class RefundWay(LabelledEnum):
    TALK = "talk", Text("By talk")
    MEDIATION = "mediation", Text("By mediation")
    COURT = "court", Text("Through the court")
    ACCOUNT = "account", Text("From the supervised account")


class EntryWay(LabelledEnum):
    COUNTER = "counter", Text("At the counter")
    LIST = "list", Text("From a list")
    SIGN_UP = "sign_up", Text("By the family")


class ClosingEvent(InDivision, Base):
    """An institution has closed overnight (停业跑路): many families, one running total."""

    __tablename__ = "closing_event"
    __table_args__ = (
        sa.UniqueConstraint("authority_id", "year", "serial"),
        sa.Index(
            "uq_closing_event_open",
            "institution_id",
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        ),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_on IS NOT NULL)", name="closed_on_if_closed"
        ),
        sa.CheckConstraint("closed_on >= opened_on", name="days_in_order"),
        sa.Index("ix_closing_event_list", "division_path", "state", "id"),
    )

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"))
    year: Mapped[int]
    serial: Mapped[int]
    institution_id: Mapped[int] = mapped_column(sa.ForeignKey("institution.id"), index=True)
    # With it families find the page on which they sign up. It opens nothing else.
    code: Mapped[str] = mapped_column(unique=True)
    summary: Mapped[str] = mapped_column(default="")
    state: Mapped[EventState] = mapped_column(enum_column(EventState), default=EventState.OPEN)
    # When the institution closed, and when the office heard of it.
    happened_on: Mapped[date]
    opened_on: Mapped[date]
    opened_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    closed_on: Mapped[date | None]
    conclusion: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()

    institution: Mapped[Institution] = relationship()
    opened_by: Mapped[Officer] = relationship(foreign_keys=opened_by_id)

    workflow: ClassVar[Workflow] = EVENT_WORKFLOW
    __mapper_args__ = {"version_id_col": version}

    @property
    def number(self) -> str:
        return f"TY-{self.year}-{self.serial:02}"


class AccountBalance(Base):
    """What lay in the supervised account of the institution on a day, and who said so."""

    __tablename__ = "account_balance"
    __table_args__ = (
        sa.CheckConstraint("fen >= 0", name="fen_not_negative"),
        sa.Index("ix_account_balance_event", "event_id", "as_of", "id"),
    )

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("closing_event.id"))
    as_of: Mapped[date]
    fen: Mapped[int] = mapped_column(Fen)
    source: Mapped[str]
    entered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    entered_on: Mapped[date]


class RefundAnnouncement(Base):
    """What the families of an event are told on the pages that their codes open."""

    __tablename__ = "refund_announcement"
    __table_args__ = (
        sa.CheckConstraint("withdrawn_on >= announced_on", name="withdrawn_after_announced"),
    )

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("closing_event.id"), index=True)
    text: Mapped[str]
    announced_on: Mapped[date]
    announced_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    withdrawn_on: Mapped[date | None]

    announced_by: Mapped[Officer] = relationship(foreign_keys=announced_by_id)


def _one_of_each(name: str, among: str, *more: str) -> sa.Index:
    live = sa.text(f"{among} AND state <> 'withdrawn'")
    columns = ("institution_id", "phone_mark", "course", *more)
    return sa.Index(name, *columns, unique=True, sqlite_where=live, postgresql_where=live)


class Refund(InDivision, Base):
    """What one family is owed of one contract."""

    __tablename__ = "refund"
    __table_args__ = (
        sa.UniqueConstraint("authority_id", "year", "serial"),
        # The same contract of the same family only once at an institution, whoever enters it.
        _one_of_each("uq_refund_pupil", "pupil_mark IS NOT NULL", "pupil_mark"),
        _one_of_each("uq_refund_family", "pupil_mark IS NULL"),
        sa.CheckConstraint(
            "contract_fen >= 0 AND bought > 0 AND given >= 0 AND used >= 0 "
            "AND used <= bought + given",
            name="contract_possible",
        ),
        sa.CheckConstraint(
            "computed_fen >= 0 AND computed_fen <= contract_fen "
            "AND agreed_fen >= 0 AND agreed_fen <= contract_fen",
            name="due_within_contract",
        ),
        sa.CheckConstraint(
            "paid_fen >= 0 AND paid_fen <= coalesce(agreed_fen, computed_fen)",
            name="paid_within_due",
        ),
        sa.CheckConstraint(
            "state <> 'settled' OR paid_fen = coalesce(agreed_fen, computed_fen)",
            name="paid_if_settled",
        ),
        sa.CheckConstraint(
            "state NOT IN ('agreed', 'settled') OR agreed_fen IS NOT NULL", name="fen_if_agreed"
        ),
        sa.CheckConstraint("(agreed_fen IS NULL) = (agreed_on IS NULL)", name="day_if_agreed"),
        sa.Index("ix_refund_list", "division_path", "state", "id"),
        sa.Index("ix_refund_event", "event_id", "state", "id"),
        sa.Index("ix_refund_handler", "handler_id", "state", "id"),
    )

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"))
    year: Mapped[int]
    serial: Mapped[int]
    institution_id: Mapped[int] = mapped_column(sa.ForeignKey("institution.id"), index=True)
    # Where it belongs to: to many others, to what an inspection found, to what somebody told.
    event_id: Mapped[int | None] = mapped_column(sa.ForeignKey("closing_event.id"))
    finding_id: Mapped[int | None] = mapped_column(sa.ForeignKey("finding.id"), index=True)
    complaint_id: Mapped[int | None] = mapped_column(sa.ForeignKey("complaint.id"), index=True)
    # With it and the telephone number the family reads how its refund stands.
    code: Mapped[str] = mapped_column(unique=True, info={"protected": True})
    entered_how: Mapped[EntryWay] = mapped_column(enum_column(EntryWay))
    entered_on: Mapped[date]
    entered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    # Who follows it up: for whom its next step waits.
    handler_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    state: Mapped[RefundState] = mapped_column(enum_column(RefundState))

    parent: Mapped[str | None] = sealed("refund.parent")
    phone: Mapped[str | None] = sealed("refund.phone")
    phone_mark: Mapped[str | None] = recognising("phone")
    pupil: Mapped[str | None] = sealed("refund.pupil")
    pupil_mark: Mapped[str | None] = recognising("pupil")

    # The first refund of the same family in the event: families are counted by it, also when
    # nobody knows any more who they were.
    family_of_id: Mapped[int | None] = mapped_column(sa.ForeignKey("refund.id"), index=True)
    # What the contract is for, in its own words; empty where nobody said.
    course: Mapped[str] = mapped_column(default="")
    contract_fen: Mapped[int] = mapped_column(Fen)
    bought: Mapped[int]
    given: Mapped[int]
    used: Mapped[int]
    formula_id: Mapped[int] = mapped_column(sa.ForeignKey("refund_formula.id"))
    computed_fen: Mapped[int] = mapped_column(Fen)
    # The calculation as it was made, sentence by sentence.
    steps: Mapped[JsonList]
    # What both sides, a mediator or a court settled on; it goes before the formula.
    agreed_fen: Mapped[int | None] = mapped_column(Fen)
    agreed_on: Mapped[date | None]
    agreed_how: Mapped[RefundWay | None] = mapped_column(
        enum_column(RefundWay, check="refundway_agreed")
    )
    # The sum of its parts: kept here so that the database refuses to pay back more than is due.
    paid_fen: Mapped[int] = mapped_column(Fen, default=0)
    # Entered on the national platform by hand, on that day.
    platform_on: Mapped[date | None]
    # When it was deleted who the family is.
    family_gone_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    institution: Mapped[Institution] = relationship()
    event: Mapped[ClosingEvent | None] = relationship()
    finding: Mapped[Finding | None] = relationship()
    complaint: Mapped[Complaint | None] = relationship()
    handler: Mapped[Officer] = relationship(foreign_keys=handler_id)
    formula: Mapped[RefundFormula] = relationship()
    entered_by: Mapped[Officer] = relationship(foreign_keys=entered_by_id)
    parts: Mapped[list[RefundPart]] = relationship(
        back_populates="refund", order_by="RefundPart.paid_on, RefundPart.id"
    )

    workflow: ClassVar[Workflow] = REFUND_WORKFLOW
    __mapper_args__ = {"version_id_col": version}

    @property
    def number(self) -> str:
        return f"TF-{self.year}-{self.serial:04}"

    @property
    def contract(self) -> Contract:
        return Contract(self.contract_fen, self.bought, self.given, self.used)

    @property
    def due_fen(self) -> int:
        return self.computed_fen if self.agreed_fen is None else self.agreed_fen

    @property
    def left_fen(self) -> int:
        return self.due_fen - self.paid_fen

    @property
    def calculation(self) -> Sequence[Text]:
        return sentences.unpacked(self.steps)


# The same as ``due_fen``, for a query.
DUE_FEN: sa.ColumnElement[int] = sa.func.coalesce(Refund.agreed_fen, Refund.computed_fen)


class RefundPart(Base):
    """Money that went back to the family."""

    __tablename__ = "refund_part"
    __table_args__ = (
        sa.CheckConstraint("fen > 0", name="fen_above_zero"),
        sa.CheckConstraint("(voided_on IS NULL) = (void_reason = '')", name="reason_if_voided"),
        sa.Index("ix_refund_part_refund", "refund_id", "paid_on", "id"),
        # The list of payments of one way.
        sa.Index("ix_refund_part_way", "way", "id"),
    )

    id: Mapped[PrimaryKey]
    refund_id: Mapped[int] = mapped_column(sa.ForeignKey("refund.id"))
    paid_on: Mapped[date]
    fen: Mapped[int] = mapped_column(Fen)
    way: Mapped[RefundWay] = mapped_column(enum_column(RefundWay))
    note: Mapped[str] = mapped_column(default="")
    entered_on: Mapped[date]
    entered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    # Entered in error; it stays readable and counts no more.
    voided_on: Mapped[date | None]
    void_reason: Mapped[str] = mapped_column(default="")

    refund: Mapped[Refund] = relationship(back_populates="parts")
    entered_by: Mapped[Officer] = relationship(foreign_keys=entered_by_id)

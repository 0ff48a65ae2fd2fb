"""Notices, what each asks for, and every attempt to serve them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight import clock
from training_oversight.accounts.models import Authority, InDivision, Officer
from training_oversight.catalogue.models import Effect, NoticeType
from training_oversight.database import Base, Flag, JsonList, JsonObject, PrimaryKey, enum_column
from training_oversight.law import Unit
from training_oversight.ledger.models import RectificationItem
from training_oversight.ledger.workflow import ItemState
from training_oversight.notices.workflow import NOTICE_WORKFLOW, NoticeState, NoticeVerb
from training_oversight.registry.models import Institution
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import Workflow, undecided


class Recipient(LabelledEnum):
    INSTITUTION = "institution", Text("The institution")
    ORGANISER = "organiser", Text("Its organiser")
    LANDLORD = "landlord", Text("The landlord (advice only)")


class ServiceMethod(LabelledEnum):
    """How a paper is served (民事诉讼法 87-95, electronic: 行政处罚法 61)."""

    DIRECT = "direct", Text("Direct service")
    LEFT = "left", Text("Left on refusal, with a witness or video")
    POST = "post", Text("By post")
    ELECTRONIC = "electronic", Text("Electronic, with signed consent")
    BY_ANOTHER = "by_another", Text("By another authority")
    ANNOUNCEMENT = "announcement", Text("By public announcement")


class Notice(InDivision, Base):
    """A paper to one institution over one or more items."""

    __tablename__ = "notice"
    __table_args__ = (
        sa.UniqueConstraint("authority_id", "series", "year", "serial"),
        sa.CheckConstraint(
            "(year IS NULL) = (serial IS NULL) AND (year IS NULL) = (content_hash IS NULL)",
            name="number_and_content_together",
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'served', 'revoked') OR serial IS NOT NULL",
            name="number_if_approved",
        ),
        sa.CheckConstraint(
            "(serial IS NULL) = (approved_on IS NULL) "
            "AND (serial IS NULL) = (approved_by_id IS NULL) "
            "AND (serial IS NULL) = (service_due_on IS NULL) "
            "AND (serial IS NULL) = (number IS NULL)",
            name="number_by_approval",
        ),
        sa.CheckConstraint(
            "state NOT IN ('draft', 'submitted') OR serial IS NULL", name="no_number_before"
        ),
        sa.CheckConstraint(
            "state = 'withdrawn' OR (state = 'draft') = (submitted_on IS NULL)",
            name="submitted_on_if_submitted",
        ),
        sa.CheckConstraint(
            "(state IN ('withdrawn', 'revoked')) = (ended_on IS NOT NULL) "
            "AND (ended_on IS NULL) = (ended_reason = '')",
            name="ended_if_ended",
        ),
        sa.CheckConstraint(
            "submitted_on >= drafted_on AND approved_on >= submitted_on "
            "AND served_on >= approved_on AND ended_on >= drafted_on "
            "AND ended_on >= served_on",
            name="days_in_order",
        ),
        sa.CheckConstraint(
            "(state IN ('served', 'revoked')) = (served_on IS NOT NULL)",
            name="served_on_if_served",
        ),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> drafted_by_id",
            name="approved_by_another",
        ),
        sa.Index("ix_notice_list", "division_path", "state", "id"),
    )

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"))
    institution_id: Mapped[int] = mapped_column(sa.ForeignKey("institution.id"), index=True)
    type_id: Mapped[int] = mapped_column(sa.ForeignKey("notice_type.id"))
    effect: Mapped[Effect] = mapped_column(enum_column(Effect))
    state: Mapped[NoticeState] = mapped_column(enum_column(NoticeState), default=NoticeState.DRAFT)
    recipient: Mapped[Recipient] = mapped_column(
        enum_column(Recipient), default=Recipient.INSTITUTION
    )
    recipient_name: Mapped[str] = mapped_column(default="")
    recipient_address: Mapped[str] = mapped_column(default="")
    recipient_person: Mapped[str] = mapped_column(default="")
    facts: Mapped[str] = mapped_column(default="")
    # The legal bases chosen or typed, in order.
    basis: Mapped[JsonList] = mapped_column(default=list)
    consequence: Mapped[str] = mapped_column(default="")
    remedies: Mapped[str] = mapped_column(default="")
    drafted_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"), index=True)
    drafted_on: Mapped[date]
    submitted_on: Mapped[date | None]
    returned_note: Mapped[str] = mapped_column(default="")
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    approved_on: Mapped[date | None]
    # Series is the notice type's code: numbers run per authority, type and year.
    series: Mapped[str]
    year: Mapped[int | None]
    serial: Mapped[int | None]
    # As printed, for instance 澄教责改〔2026〕41号. Kept when the notice is voided.
    number: Mapped[str | None]
    # What the paper says, frozen at approval, with its hash.
    content: Mapped[JsonObject | None]
    content_hash: Mapped[str | None]
    # By when it should be served (a setting for orders to correct).
    service_due_on: Mapped[date | None]
    served_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    ended_reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()

    authority: Mapped[Authority] = relationship()
    institution: Mapped[Institution] = relationship()
    type: Mapped[NoticeType] = relationship()
    drafted_by: Mapped[Officer] = relationship(foreign_keys=drafted_by_id)
    approved_by: Mapped[Officer | None] = relationship(foreign_keys=approved_by_id)
    entries: Mapped[list[NoticeItem]] = relationship(
        back_populates="notice", order_by="NoticeItem.position"
    )
    services: Mapped[list[Service]] = relationship(back_populates="notice", order_by="Service.id")

    workflow: ClassVar[Workflow] = NOTICE_WORKFLOW
    __mapper_args__ = {"version_id_col": version}

    @property
    def is_fulfilled(self) -> bool:
        """Served, and every covered item written off; voided ones are left out."""
        states = [entry.item.state for entry in self.entries]
        counted = [state for state in states if state != ItemState.VOID]
        return (
            self.state == NoticeState.SERVED
            and bool(counted)
            and all(state == ItemState.CLOSED for state in counted)
        )


class NoticeItem(Base):
    """What a notice asks for about one item, with its own deadline from service."""

    __tablename__ = "notice_item"
    __table_args__ = (
        sa.UniqueConstraint("notice_id", "item_id"),
        sa.CheckConstraint("(length IS NULL) = (unit IS NULL)", name="period_or_none"),
    )

    id: Mapped[PrimaryKey]
    notice_id: Mapped[int] = mapped_column(sa.ForeignKey("notice.id"))
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("rectification_item.id"), index=True)
    position: Mapped[int]
    requirement: Mapped[str] = mapped_column(default="")
    # At once on service (a stop); its period, if any, is for refunds and settling pupils.
    at_once: Mapped[Flag] = mapped_column(default=False)
    length: Mapped[int | None]
    unit: Mapped[Unit | None] = mapped_column(enum_column(Unit))

    notice: Mapped[Notice] = relationship(back_populates="entries")
    item: Mapped[RectificationItem] = relationship()


class Service(Base):
    """An attempt to serve a notice. Failed ones are recorded too; proof is attached."""

    __tablename__ = "service"
    __table_args__ = (
        sa.CheckConstraint("succeeded = (takes_effect_on IS NOT NULL)", name="effect_if_served"),
    )

    id: Mapped[PrimaryKey]
    notice_id: Mapped[int] = mapped_column(sa.ForeignKey("notice.id"), index=True)
    method: Mapped[ServiceMethod] = mapped_column(enum_column(ServiceMethod))
    attempted_at: Mapped[datetime]
    succeeded: Mapped[Flag]
    # Why it failed, for instance the door was closed.
    failure: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    # Who signed, and in what capacity; the witness when it was left on refusal.
    received_by: Mapped[str] = mapped_column(default="")
    receiver_role: Mapped[str] = mapped_column(default="")
    witness: Mapped[str] = mapped_column(default="")
    # Post: receipt number. Electronic: where the consent is. Announcement: cause and place.
    detail: Mapped[str] = mapped_column(default="")
    # The day on which it counts as served: of the signature, on the receipt, or the end of
    # the announcement.
    takes_effect_on: Mapped[date | None]
    served_by: Mapped[str] = mapped_column(default="")
    entered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    entered_at: Mapped[datetime]

    notice: Mapped[Notice] = relationship(back_populates="services")
    entered_by: Mapped[Officer] = relationship()

    @property
    def happened(self) -> date:
        return as_said(self.attempted_at)


def as_said(at: datetime) -> date:
    """To the minute, or the day alone where no more was said: it is kept as midnight."""
    wall = clock.local(at)
    return wall.date() if wall.time() == time() else at


undecided.declare(Notice, NoticeVerb.APPROVE)

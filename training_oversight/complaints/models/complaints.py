"""Complaints, the days by which something is owed, answers and call-backs."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import Department, Division, InDivision, Officer
from training_oversight.complaints.kinds import (
    Channel,
    ComplaintKind,
    RequestKind,
    RequestResult,
    Satisfaction,
    Step,
)
from training_oversight.complaints.models.answers import Callback, ComplaintAnswer, ComplaintLimit
from training_oversight.complaints.models.requests import ComplaintRequest
from training_oversight.complaints.models.spoken import SPOKEN, ComplaintCorrection
from training_oversight.complaints.workflow import COMPLAINT_WORKFLOW, OPEN, ComplaintState
from training_oversight.database import Base, Flag, PrimaryKey, enum_column
from training_oversight.inspections.models import Visit
from training_oversight.places import Position
from training_oversight.registry.models import Institution
from training_oversight.registry.models.institutions import NO_END
from training_oversight.workflow import Workflow


def number_of(year: int, serial: int) -> str:
    return f"TS-{year}-{serial:04}"


class Complaint(InDivision, Base):
    """One order: what somebody told the county about a place, and who owes the answer.

    ``words``, ``happened`` and ``wanted`` are the reporter's own: only the desk and the handler
    read them. ``account`` is what others are told, checked by the desk for what would give the
    reporter away.
    """

    __tablename__ = "complaint"
    __table_args__ = (
        sa.UniqueConstraint("authority_id", "year", "serial"),
        sa.UniqueConstraint("tracking_code"),
        sa.UniqueConstraint("form_mark"),
        sa.Index(
            "uq_complaint_outside_number",
            *("authority_id", "outside_number"),
            unique=True,
            sqlite_where=sa.text("outside_number IS NOT NULL"),
            postgresql_where=sa.text("outside_number IS NOT NULL"),
        ),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="position_whole"),
        sa.CheckConstraint("institution_id IS NOT NULL OR place <> ''", name="somewhere"),
        sa.CheckConstraint("words <> ''", name="something_said"),
        sa.CheckConstraint(
            "(state = 'merged') = (merged_into_id IS NOT NULL) AND merged_into_id <> id",
            name="merged_into_another",
        ),
        sa.CheckConstraint("(state = 'declined') = (declined_on IS NOT NULL)", name="declined_on"),
        sa.CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name="closed_on"),
        sa.CheckConstraint(
            "state NOT IN ('assigned', 'objected', 'submitted') "
            "OR (department_id IS NOT NULL AND assigned_on IS NOT NULL)",
            name="owned_when_handled",
        ),
        sa.CheckConstraint(
            "(department_id IS NULL) = (assigned_on IS NULL) "
            "AND (assigned_on IS NULL) = (assigned_by_id IS NULL)",
            name="assigned_whole",
        ),
        sa.CheckConstraint(
            "state <> 'objected' OR objection_ground IS NOT NULL", name="ground_if_objected"
        ),
        sa.CheckConstraint(
            "(state IN ('answered', 'closed')) = (answered_on IS NOT NULL)",
            name="answered_on_if_answered",
        ),
        sa.CheckConstraint(
            "accepted_on >= received_on AND assigned_on >= received_on "
            "AND answered_on >= received_on AND closed_on >= answered_on",
            name="days_in_order",
        ),
        sa.CheckConstraint("NOT (reachable AND contact_gone_on IS NOT NULL)", name="gone_is_gone"),
        sa.Index("ix_complaint_list", "state", "division_path", "sort_due", "id"),
        sa.Index("ix_complaint_department", "department_id", "state", "sort_due", "id"),
        sa.Index("ix_complaint_place", "institution_id", "state", "id"),
        # Places in no register, which are the same where they are described alike.
        sa.Index(
            "ix_complaint_described",
            *("authority_id", "place", "received_on"),
            sqlite_where=sa.text("institution_id IS NULL"),
            postgresql_where=sa.text("institution_id IS NULL"),
        ),
        sa.Index("ix_complaint_received", "division_path", "received_on", "id"),
    )

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"))
    division_id: Mapped[int] = mapped_column(sa.ForeignKey("division.id"))
    year: Mapped[int]
    serial: Mapped[int]
    # Digits, for the reporter: with it and the word of their own they see the state.
    tracking_code: Mapped[str] = mapped_column(info=SPOKEN)
    # The hash of the word that the reporter chose; without one there is no tracking page.
    tracking_hash: Mapped[str | None] = mapped_column(info=SPOKEN)
    # Of the public form that it came by: who sent it reads the code once, however often they press.
    form_mark: Mapped[str | None] = mapped_column(info=SPOKEN)
    channel: Mapped[Channel] = mapped_column(enum_column(Channel))
    kind: Mapped[ComplaintKind] = mapped_column(enum_column(ComplaintKind))
    # Whether somebody else reads the answer first: the county's rule of the day of taking it in.
    needs_approval: Mapped[Flag] = mapped_column(default=False)
    anonymous: Mapped[Flag]
    # Whether the reporter left a way to be reached: the contact itself lies elsewhere.
    reachable: Mapped[Flag] = mapped_column(default=False)
    institution_id: Mapped[int | None] = mapped_column(sa.ForeignKey("institution.id"))
    # How the reporter described the place, where it is not in the register or not clear.
    place: Mapped[str] = mapped_column(default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    # The code of a type of violation, as far as the desk could tell.
    violation_code: Mapped[str | None]
    words: Mapped[str] = mapped_column(info=SPOKEN)
    happened: Mapped[str] = mapped_column(default="", info=SPOKEN)
    wanted: Mapped[str] = mapped_column(default="", info=SPOKEN)
    account: Mapped[str] = mapped_column(default="")
    outside_number: Mapped[str | None]
    received_at: Mapped[datetime]
    received_on: Mapped[date]
    # Empty where nobody of the county took it in.
    received_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    state: Mapped[ComplaintState] = mapped_column(
        enum_column(ComplaintState), default=ComplaintState.RECEIVED
    )
    accepted_on: Mapped[date | None]
    # By when the step that is owed now is owed; frozen when it is given.
    due_on: Mapped[date | None]
    # The same for lists: complaints without a day come last.
    sort_due: Mapped[date] = mapped_column(default=NO_END)
    department_id: Mapped[int | None] = mapped_column(sa.ForeignKey("department.id"))
    handler_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    assigned_on: Mapped[date | None]
    assigned_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    objection_ground: Mapped[str | None]
    objection_department_id: Mapped[int | None] = mapped_column(sa.ForeignKey("department.id"))
    objected_on: Mapped[date | None]
    objection_decided_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    declined_on: Mapped[date | None]
    # What the reporter reads of it on the tracking page; the reason itself stays in the history.
    declined_words: Mapped[str] = mapped_column(default="")
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("complaint.id"), index=True)
    closed_on: Mapped[date | None]
    # Entered on the national platform (全国平台已录入), and when.
    platform_on: Mapped[date | None]
    # When the contact was deleted and what the reporter's words told of them was covered.
    contact_gone_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    division: Mapped[Division] = relationship()
    institution: Mapped[Institution | None] = relationship()
    department: Mapped[Department | None] = relationship(foreign_keys=department_id)
    objection_department: Mapped[Department | None] = relationship(
        foreign_keys=objection_department_id
    )
    handler: Mapped[Officer | None] = relationship(foreign_keys=handler_id)
    received_by: Mapped[Officer | None] = relationship(foreign_keys=received_by_id)
    limits: Mapped[list[ComplaintLimit]] = relationship(order_by="ComplaintLimit.id")
    answers: Mapped[list[ComplaintAnswer]] = relationship(order_by="ComplaintAnswer.id")
    corrections: Mapped[list[ComplaintCorrection]] = relationship(order_by="ComplaintCorrection.id")
    callbacks: Mapped[list[Callback]] = relationship(order_by="Callback.id")
    helpers: Mapped[list[ComplaintHelper]] = relationship(order_by="ComplaintHelper.id")
    requests: Mapped[list[ComplaintRequest]] = relationship(order_by=ComplaintRequest.id)
    merged_into: Mapped[Complaint | None] = relationship(
        remote_side="Complaint.id", back_populates="merged"
    )
    merged: Mapped[list[Complaint]] = relationship(
        back_populates="merged_into", order_by="Complaint.id"
    )

    workflow: ClassVar[Workflow] = COMPLAINT_WORKFLOW
    __mapper_args__ = {"version_id_col": version}

    @property
    def number(self) -> str:
        return number_of(self.year, self.serial)

    @property
    def owed(self) -> Step | None:
        """The step that it owes by its day; nothing once it is answered or has ended."""
        if self.state is ComplaintState.RECEIVED:
            return Step.ACCEPT
        return Step.ANSWER if self.state in OPEN else None

    @property
    def where(self) -> str:
        """The place in the register's words, else in the reporter's."""
        return self.institution.name if self.institution else self.place

    @property
    def return_granted(self) -> bool:
        """Whether the 12345 centre takes it back."""
        return any(
            one.kind is RequestKind.RETURN and one.result is RequestResult.GRANTED
            for one in self.requests
        )

    @property
    def position(self) -> Position | None:
        if self.latitude is None or self.longitude is None:
            return None
        return Position(self.latitude, self.longitude)

    @property
    def answer(self) -> ComplaintAnswer | None:
        """The last one, a draft perhaps."""
        return self.answers[-1] if self.answers else None

    @property
    def told_as_answer(self) -> str:
        """What its reporter reads as the answer once it is given; a draft is none. Of one that was
        merged it is that of the order that took it in, or their own."""
        order = self.merged_into or self
        if order.answered_on is None or order.answer is None:
            return ""
        return order.answer.words_for(self.id)

    @property
    def to_call_back(self) -> list[Complaint]:
        """Of all who told of it those that left a contact and had no call since the answer."""
        return [one for one in (self, *self.merged) if one.reachable and not self._called(one)]

    @property
    def proposals(self) -> list[Callback]:
        """Call-backs that propose to handle it again, and that nobody has decided on."""
        calls = (call for one in (self, *self.merged) for call in one.callbacks)
        return [
            call
            for call in calls
            if call.satisfaction is Satisfaction.DISSATISFIED and call.decided_on is None
        ]

    def _called(self, one: Complaint) -> bool:
        answer = self.answer
        return answer is not None and any(call.answer_id == answer.id for call in one.callbacks)


class ComplaintHelper(Base):
    """A department that helps the responsible one (协办)."""

    __tablename__ = "complaint_helper"
    __table_args__ = (sa.UniqueConstraint("complaint_id", "department_id"),)

    id: Mapped[PrimaryKey]
    complaint_id: Mapped[int] = mapped_column(sa.ForeignKey("complaint.id"))
    department_id: Mapped[int] = mapped_column(sa.ForeignKey("department.id"), index=True)

    department: Mapped[Department] = relationship()


class ComplaintVisit(Base):
    """A visit that looked into the complaint."""

    __tablename__ = "complaint_visit"
    __table_args__ = (sa.UniqueConstraint("complaint_id", "visit_id"),)

    id: Mapped[PrimaryKey]
    complaint_id: Mapped[int] = mapped_column(sa.ForeignKey("complaint.id"))
    visit_id: Mapped[int] = mapped_column(sa.ForeignKey("visit.id"), index=True)

    visit: Mapped[Visit] = relationship()

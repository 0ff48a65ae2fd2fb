"""A lead: a place, what was seen there on a day, from whom it comes, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import Department, Division, InDivision, Officer
from training_oversight.database import Base, PrimaryKey, enum_column
from training_oversight.inspections.models import Visit
from training_oversight.leads.workflow import LEAD_WORKFLOW, LeadState
from training_oversight.places import Position
from training_oversight.registry.models import Institution
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import Workflow


class LeadSource(LabelledEnum):
    COVERT = "covert", Text("From a covert look")
    TOWNSHIP = "township", Text("From a township or street")
    GRID = "grid", Text("From a grid worker")
    SCHOOL = "school", Text("From a school")
    PLATFORM = "platform", Text("From a platform")
    DEPARTMENT = "department", Text("From another department")
    CALL = "call", Text("From an anonymous call")


class Lead(InDivision, Base):
    """No finding and no notice rests on it, and it stays in the office."""

    __tablename__ = "lead"
    __table_args__ = (
        sa.UniqueConstraint("authority_id", "year", "serial"),
        sa.CheckConstraint("institution_id IS NOT NULL OR place <> ''", name="some_place"),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="both_or_none"),
        sa.CheckConstraint("seen_on <= entered_on", name="days_in_order"),
        sa.CheckConstraint(
            "(state = 'followed') = (visit_id IS NOT NULL)", name="visit_if_followed"
        ),
        sa.CheckConstraint("visit_id IS NULL OR institution_id IS NOT NULL", name="visited_place"),
        sa.CheckConstraint(
            "(state = 'handed_on') = (handed_to_id IS NOT NULL)", name="department_if_handed_on"
        ),
        sa.CheckConstraint(
            "state <> 'set_aside' OR decided_note <> ''", name="set_aside_with_reason"
        ),
        sa.CheckConstraint("(state = 'open') = (decided_on IS NULL)", name="day_if_decided"),
        sa.CheckConstraint("(decided_on IS NULL) = (decided_by_id IS NULL)", name="decided_whole"),
        sa.Index("ix_lead_list", "division_path", "state", "id"),
        sa.Index("ix_lead_department", "department_id", "state", "id"),
        sa.Index("ix_lead_handed_to", "handed_to_id", "state", "id"),
    )

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"))
    year: Mapped[int]
    serial: Mapped[int]
    source: Mapped[LeadSource] = mapped_column(enum_column(LeadSource))
    division_id: Mapped[int] = mapped_column(sa.ForeignKey("division.id"), index=True)
    # Of a described place empty until a visit goes there.
    institution_id: Mapped[int | None] = mapped_column(sa.ForeignKey("institution.id"), index=True)
    place: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    position_accuracy: Mapped[int | None]
    seen_on: Mapped[date]
    facts: Mapped[str]
    entered_on: Mapped[date]
    entered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    # Whose officer entered it: that department reads it.
    department_id: Mapped[int] = mapped_column(sa.ForeignKey("department.id"))
    state: Mapped[LeadState] = mapped_column(enum_column(LeadState), default=LeadState.OPEN)
    visit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    handed_to_id: Mapped[int | None] = mapped_column(sa.ForeignKey("department.id"))
    decided_note: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    version: Mapped[int] = mapped_column()

    division: Mapped[Division] = relationship()
    institution: Mapped[Institution | None] = relationship()
    visit: Mapped[Visit | None] = relationship()
    department: Mapped[Department] = relationship(foreign_keys=department_id)
    handed_to: Mapped[Department | None] = relationship(foreign_keys=handed_to_id)
    entered_by: Mapped[Officer] = relationship(foreign_keys=entered_by_id)
    decided_by: Mapped[Officer | None] = relationship(foreign_keys=decided_by_id)

    workflow: ClassVar[Workflow] = LEAD_WORKFLOW
    __mapper_args__ = {"version_id_col": version}

    @property
    def number(self) -> str:
        return f"XS-{self.year}-{self.serial:04}"

    @property
    def where(self) -> str:
        """The institution's name, else what the place was called."""
        return self.institution.name if self.institution else self.place

    @property
    def is_described(self) -> bool:
        """Entered as a place that the register did not have."""
        return bool(self.place)

    @property
    def position(self) -> Position | None:
        if self.latitude is None or self.longitude is None:
            return None
        return Position(self.latitude, self.longitude)

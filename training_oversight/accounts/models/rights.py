"""Rights of an officer that wait for a second person."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models.ground import InDivision
from training_oversight.accounts.models.officers import Officer
from training_oversight.database import Base, JsonObject, PrimaryKey, enum_column
from training_oversight.texts import LabelledEnum, Text


class Decision(LabelledEnum):
    """What became of a proposal. It is no state of a procedure: it is said once, or not yet."""

    CONFIRMED = "confirmed", Text("Confirmed")
    REFUSED = "refused", Text("Refused")
    WITHDRAWN = "withdrawn", Text("Withdrawn")


class RightsProposal(InDivision, Base):
    """Rights that one person would give an officer, until a second one confirms them."""

    __tablename__ = "rights_proposal"

    id: Mapped[PrimaryKey]
    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"), index=True)
    # Roles to be added, columns to be set: see ``service.rights``.
    wanted: Mapped[JsonObject]
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    proposed_at: Mapped[datetime]
    # Empty while it waits.
    decision: Mapped[Decision | None] = mapped_column(enum_column(Decision))
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    decided_at: Mapped[datetime | None]
    # Why it was refused.
    reason: Mapped[str] = mapped_column(default="")

    officer: Mapped[Officer] = relationship(foreign_keys=officer_id)
    proposed_by: Mapped[Officer] = relationship(foreign_keys=proposed_by_id)
    decided_by: Mapped[Officer | None] = relationship(foreign_keys=decided_by_id)

    __table_args__ = (
        sa.CheckConstraint("proposed_by_id <> officer_id", name="not_for_oneself"),
        sa.CheckConstraint(
            "coalesce(decision, '') <> 'confirmed' OR (decided_by_id <> proposed_by_id"
            " AND decided_by_id <> officer_id)",
            name="confirmed_by_a_second_person",
        ),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_by_id IS NULL)"
            " AND (decided_by_id IS NULL) = (decided_at IS NULL)",
            name="decided_by_somebody",
        ),
        sa.Index("uq_rights_proposal_waiting", "officer_id", unique=True,
                 sqlite_where=sa.text("decision IS NULL"),
                 postgresql_where=sa.text("decision IS NULL")),
    )  # fmt: skip

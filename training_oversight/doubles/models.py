"""Two records of one institution, joined or told apart."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import InDivision, Officer
from training_oversight.database import Base, JsonObject, PrimaryKey
from training_oversight.registry.models import Institution


class InstitutionMerge(InDivision, Base):
    """Two records of one institution joined; everything needed to take them apart again."""

    __tablename__ = "institution_merge"

    id: Mapped[PrimaryKey]
    kept_id: Mapped[int] = mapped_column(sa.ForeignKey("institution.id"), index=True)
    gone_id: Mapped[int] = mapped_column(sa.ForeignKey("institution.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    # Column -> value of the kept record before; of the gone record: its state before.
    before: Mapped[JsonObject]
    # Table -> keys of the rows that were moved from the one to the other.
    moved: Mapped[dict[str, object]]
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    made_at: Mapped[datetime]
    undone_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    undone_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    kept: Mapped[Institution] = relationship(foreign_keys=kept_id)
    gone: Mapped[Institution] = relationship(foreign_keys=gone_id)
    made_by: Mapped[Officer] = relationship(foreign_keys=made_by_id)
    __mapper_args__ = {"version_id_col": version}


class DistinctPair(Base):
    """Two records that look alike and were found to be two institutions."""

    __tablename__ = "distinct_pair"
    __table_args__ = (sa.CheckConstraint("one_id < other_id", name="in_order"),)

    one_id: Mapped[int] = mapped_column(sa.ForeignKey("institution.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(
        sa.ForeignKey("institution.id"), primary_key=True, index=True
    )
    decided_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    decided_at: Mapped[datetime]

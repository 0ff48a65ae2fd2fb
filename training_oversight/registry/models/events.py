"""What happened to institutions beside their states: conversions, warnings, joined records."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import InDivision, Officer
from training_oversight.database import Base, PrimaryKey, enum_column
from training_oversight.registry.models.institutions import Institution, Licence
from training_oversight.registry.models.kinds import LegalForm
from training_oversight.texts import LabelledEnum, Text


class ConversionKind(LabelledEnum):
    TO_NON_PROFIT = "to_non_profit", Text("For-profit to non-profit")
    TO_NON_SUBJECT = "to_non_subject", Text("Subject to non-subject")
    OTHER = "other_conversion", Text("Other conversion")


class Conversion(InDivision, Base):
    """A conversion (营转非, 学转非, …): the file and its history stay one, and it is counted."""

    __tablename__ = "conversion"
    __table_args__ = (sa.Index("ix_conversion_list", "division_path", "on_day", "id"),)

    id: Mapped[PrimaryKey]
    institution_id: Mapped[int] = mapped_column(sa.ForeignKey("institution.id"), index=True)
    kind: Mapped[ConversionKind] = mapped_column(enum_column(ConversionKind))
    on_day: Mapped[date]
    from_kind_code: Mapped[str | None]
    to_kind_code: Mapped[str | None]
    from_legal_form: Mapped[LegalForm | None] = mapped_column(
        enum_column(LegalForm, check="from_legal_form")
    )
    to_legal_form: Mapped[LegalForm | None] = mapped_column(
        enum_column(LegalForm, check="to_legal_form")
    )
    # The paper that approved it, as the officer quotes it.
    document: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    entered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    entered_at: Mapped[datetime]
    # Entered in error: it is counted no more.
    struck_off_at: Mapped[datetime | None]

    institution: Mapped[Institution] = relationship()


class LicenceWarning(InDivision, Base):
    """That a licence comes to its end: raised once per licence, end and threshold."""

    __tablename__ = "licence_warning"
    __table_args__ = (
        sa.UniqueConstraint("licence_id", "valid_until", "threshold"),
        sa.Index("ix_licence_warning_open", "officer_id", "seen_at"),
    )

    id: Mapped[PrimaryKey]
    licence_id: Mapped[int] = mapped_column(sa.ForeignKey("licence.id"))
    institution_id: Mapped[int] = mapped_column(sa.ForeignKey("institution.id"), index=True)
    valid_until: Mapped[date]
    # Days before the end: 90, 30, 0.
    threshold: Mapped[int]
    # Who was in charge when it was raised; empty when nobody was.
    officer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    raised_on: Mapped[date]
    raised_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    seen_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))

    licence: Mapped[Licence] = relationship()
    institution: Mapped[Institution] = relationship()


class InstitutionMerge(InDivision, Base):
    """Two records of one institution joined; everything needed to take them apart again."""

    __tablename__ = "institution_merge"

    id: Mapped[PrimaryKey]
    kept_id: Mapped[int] = mapped_column(sa.ForeignKey("institution.id"), index=True)
    gone_id: Mapped[int] = mapped_column(sa.ForeignKey("institution.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    # Column -> value of the kept record before; of the gone record: its state before.
    before: Mapped[dict[str, Any]]
    # Table -> keys of the rows that were moved from the one to the other.
    moved: Mapped[dict[str, Any]]
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

"""What happened to institutions beside their states: conversions and warnings."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import InDivision
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

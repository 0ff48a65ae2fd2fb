"""Lists that were read in, row by row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import InDivision
from training_oversight.database import Base, PrimaryKey, enum_column
from training_oversight.texts import LabelledEnum, Text


class ImportState(LabelledEnum):
    PREVIEWED = "previewed", Text("Preview, nothing written yet")
    CONFIRMED = "confirmed", Text("Confirmed and written")
    DISCARDED = "discarded_import", Text("Discarded")


class RowOutcome(LabelledEnum):
    NEW = "new", Text("New")
    CHANGED = "changed", Text("Changed")
    UNCHANGED = "unchanged", Text("Unchanged")
    REJECTED = "rejected", Text("Rejected")


class ImportBatch(InDivision, Base):
    """One spreadsheet on its way into the register."""

    __tablename__ = "import_batch"

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"))
    division_id: Mapped[int] = mapped_column(sa.ForeignKey("division.id"))
    filename: Mapped[str]
    state: Mapped[ImportState] = mapped_column(
        enum_column(ImportState), default=ImportState.PREVIEWED
    )
    header: Mapped[list[Any]]
    unknown_columns: Mapped[list[Any]]
    uploaded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    uploaded_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    rows: Mapped[list[ImportRow]] = relationship(order_by="ImportRow.number")
    __mapper_args__ = {"version_id_col": version}


class ImportRow(Base):
    """One row of the spreadsheet, what will become of it, and why."""

    __tablename__ = "import_row"
    __table_args__ = (sa.Index("ix_import_row_outcome", "batch_id", "outcome", "number"),)

    id: Mapped[PrimaryKey]
    batch_id: Mapped[int] = mapped_column(sa.ForeignKey("import_batch.id"))
    number: Mapped[int]
    outcome: Mapped[RowOutcome] = mapped_column(enum_column(RowOutcome))
    # The cells as they stood in the file, for the file of rejected rows.
    cells: Mapped[list[Any]]
    # Field -> cleaned value.
    values: Mapped[dict[str, Any]]
    # Field -> [old, new] for a changed row.
    changes: Mapped[dict[str, Any]]
    # [[message id, {values}]]: sentences, rendered in the reader's language.
    reasons: Mapped[list[Any]]
    warnings: Mapped[list[Any]]
    institution_id: Mapped[int | None] = mapped_column(sa.ForeignKey("institution.id"))

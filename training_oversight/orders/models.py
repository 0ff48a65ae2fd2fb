"""Lists of the centre that were sent by a page."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import InDivision, Officer
from training_oversight.database import Base, JsonList, PrimaryKey


class OrderList(InDivision, Base):
    """A file of orders: what is read of it, and what became of its rows.

    The file names who called. It lies sealed between being sent and being confirmed, and is gone
    with its confirmation.
    """

    __tablename__ = "order_list"
    __table_args__ = (
        sa.CheckConstraint("(begun_at IS NULL) = (begun_by_id IS NULL)", name="begun_whole"),
        sa.CheckConstraint("finished_at IS NULL OR begun_at IS NOT NULL", name="begun_first"),
        sa.CheckConstraint("finished_at IS NULL OR file_sha256 IS NULL", name="file_goes"),
        sa.Index("ix_order_list_latest", "authority_id", "id"),
    )

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"))
    filename: Mapped[str]
    # What lies there is sealed; nothing once it is taken over or discarded.
    file_sha256: Mapped[str | None] = mapped_column(sa.ForeignKey("stored_file.sha256"))
    header_row: Mapped[int | None]
    # Place of a column, as text -> field; "" for one that is not read. Empty: as they are called.
    mapping: Mapped[dict[str, str]] = mapped_column(default=dict)
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    # Somebody said yes; cut off after this, it goes on where it was.
    begun_at: Mapped[datetime | None]
    begun_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    finished_at: Mapped[datetime | None]
    rows: Mapped[int] = mapped_column(default=0)
    # {outcome: rows}
    outcomes: Mapped[dict[str, int]] = mapped_column(default=dict)
    # [{"row", "number", "why": [message id, {values}]}] of those that were not taken over.
    rejected: Mapped[JsonList] = mapped_column(default=list)
    version: Mapped[int] = mapped_column()

    sent_by: Mapped[Officer] = relationship(foreign_keys=sent_by_id)
    __mapper_args__ = {"version_id_col": version}

    @property
    def waits(self) -> bool:
        """Whether its orders are still to be taken over."""
        return self.file_sha256 is not None

    @property
    def said(self) -> dict[int, str]:
        """What somebody has said of its columns, by place."""
        return {int(place): field for place, field in self.mapping.items()}

"""Evidence: what a file is by its content, and which record it belongs to."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import InDivision
from training_oversight.database import Base, PrimaryKey


class StoredFile(Base):
    """A content on disk, named by its hash; the same content is kept once."""

    __tablename__ = "stored_file"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    media_type: Mapped[str]
    width: Mapped[int | None]
    height: Mapped[int | None]
    taken_at: Mapped[datetime | None]
    stored_at: Mapped[datetime]

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")


class PendingFile(Base):
    """A file that somebody has sent ahead of their form (待提交的附件). It belongs to no record
    yet; the form that takes it up deletes this row."""

    __tablename__ = "pending_file"
    __table_args__ = (
        sa.UniqueConstraint("officer_id", "place", "sha256"),
        sa.UniqueConstraint("stranger", "place", "sha256"),
        sa.CheckConstraint("(officer_id IS NULL) <> (stranger IS NULL)", name="one_owner"),
    )

    id: Mapped[PrimaryKey]
    officer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    # Of who has no account: the mark of the one form that they have before them.
    stranger: Mapped[str | None]
    # The address of the form and the name of its field.
    place: Mapped[str]
    sha256: Mapped[str] = mapped_column(sa.ForeignKey("stored_file.sha256"), index=True)
    name: Mapped[str]
    sent_at: Mapped[datetime] = mapped_column(index=True)

    file: Mapped[StoredFile] = relationship(lazy="joined")

    @property
    def is_image(self) -> bool:
        return self.file.is_image


class Attachment(InDivision, Base):
    """A file under a record. Files know no areas: the record is named by kind and key."""

    __tablename__ = "attachment"
    __table_args__ = (
        sa.Index("ix_attachment_subject", "subject_kind", "subject_id"),
        sa.CheckConstraint("(part_kind IS NULL) = (part_id IS NULL)", name="part_by_kind_and_id"),
    )

    id: Mapped[PrimaryKey]
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    # Which row of the record it came with: a report, a re-check, an attempt to serve.
    part_kind: Mapped[str | None]
    part_id: Mapped[int | None]
    sha256: Mapped[str] = mapped_column(sa.ForeignKey("stored_file.sha256"), index=True)
    name: Mapped[str]
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    added_by_name: Mapped[str]

    file: Mapped[StoredFile] = relationship(lazy="joined")

    @property
    def is_image(self) -> bool:
        return self.file.is_image

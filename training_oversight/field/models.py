"""What a phone has sent, by its own keys: sent twice is done once."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import Officer
from training_oversight.database import Base, PrimaryKey, enum_column
from training_oversight.field.acts import ActKind
from training_oversight.files.models import Attachment, StoredFile


class FieldAct(Base):
    """An act of a phone that was taken. What it said stands in the visit; here is the receipt.

    The row is written in the transaction of the act. It holds no content: the hash tells whether
    a second act under the same key says the same.
    """

    __tablename__ = "field_act"
    __table_args__ = (sa.UniqueConstraint("officer_id", "key"),)

    id: Mapped[PrimaryKey]
    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    key: Mapped[str]
    kind: Mapped[ActKind] = mapped_column(enum_column(ActKind))
    sha256: Mapped[str]
    visit_id: Mapped[int] = mapped_column(sa.ForeignKey("visit.id"), index=True)
    # When it was done by the phone's clock, and by ours as far as the two could be compared.
    phone_at: Mapped[datetime]
    done_at: Mapped[datetime]
    received_at: Mapped[datetime]


class FieldPhoto(Base):
    """A photo or film as the phone sent it, byte for byte, and the view of it that pages show.

    It is there before the act that says where it belongs; from then on ``attachment_id`` names it.
    """

    __tablename__ = "field_photo"
    __table_args__ = (
        sa.UniqueConstraint("officer_id", "sha256"),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="both_or_none"),
    )

    id: Mapped[PrimaryKey]
    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    sha256: Mapped[str] = mapped_column(sa.ForeignKey("stored_file.sha256"), index=True)
    view_sha256: Mapped[str] = mapped_column(sa.ForeignKey("stored_file.sha256"), index=True)
    name: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(index=True)
    attachment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("attachment.id"), index=True)
    # Of the file as the camera made it, where the phone made it smaller before sending.
    camera_sha256: Mapped[str | None]
    taken_at: Mapped[datetime | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    accuracy: Mapped[int | None]

    officer: Mapped[Officer] = relationship()
    original: Mapped[StoredFile] = relationship(foreign_keys=[sha256])
    view: Mapped[StoredFile] = relationship(foreign_keys=[view_sha256])
    attachment: Mapped[Attachment | None] = relationship()

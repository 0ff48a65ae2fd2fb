"""Who told it, kept under a key; and what was typed of it before it was put right."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import Officer
from training_oversight.database import NEVER_REUSED, Base, PrimaryKey
from training_oversight.vault.sealing import recognising, sealed

SPOKEN = {"protected": True}


class ComplaintContact(Base):
    """Who told it. Sealed: the desk and the named handler read it, and each look is recorded.

    The row is deleted after the county's time of keeping; the complaint stays, and says so.
    """

    __tablename__ = "complaint_contact"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[PrimaryKey]
    complaint_id: Mapped[int] = mapped_column(sa.ForeignKey("complaint.id"), unique=True)
    name: Mapped[str | None] = sealed("complaint_contact.name")
    phone: Mapped[str | None] = sealed("complaint_contact.phone")
    phone_mark: Mapped[str | None] = recognising("phone")
    reach: Mapped[str | None] = sealed("complaint_contact.reach")


class ComplaintDraft(Base):
    """What a clerk has typed of a call and not yet saved. Sealed, and theirs alone."""

    __tablename__ = "complaint_draft"

    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"), primary_key=True)
    content: Mapped[str | None] = sealed("complaint_draft.content")
    saved_at: Mapped[datetime]


class ComplaintCorrection(Base):
    """The reporter's words as they stood before the desk put them right. Like those, the desk and
    the named handler alone read them; what else was put right stands in the history.
    """

    __tablename__ = "complaint_correction"
    __table_args__ = (sa.CheckConstraint("words <> ''", name="something_said"),)

    id: Mapped[PrimaryKey]
    complaint_id: Mapped[int] = mapped_column(sa.ForeignKey("complaint.id"), index=True)
    words: Mapped[str] = mapped_column(info=SPOKEN)
    happened: Mapped[str] = mapped_column(default="", info=SPOKEN)
    wanted: Mapped[str] = mapped_column(default="", info=SPOKEN)
    corrected_on: Mapped[date]
    corrected_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))

    corrected_by: Mapped[Officer] = relationship()

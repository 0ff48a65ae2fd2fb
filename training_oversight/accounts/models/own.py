"""What is an officer's own: where they are signed in, the filters that they keep."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models.ground import InDivision
from training_oversight.accounts.models.officers import Officer
from training_oversight.database import (
    NEVER_REUSED,
    Base,
    Flag,
    PrimaryKey,
)


class OfficerSession(Base):
    """One sign-in on one device. Ended rows are deletable; the history keeps sign-ins."""

    __tablename__ = "officer_session"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"), index=True)
    created_at: Mapped[datetime]
    # When it was last used, to within a minute, and from which address of the network.
    seen_at: Mapped[datetime]
    address: Mapped[str] = mapped_column(default="")
    device: Mapped[str]
    ended_at: Mapped[datetime | None]


class SavedFilter(InDivision, Base):
    """A list as an officer wants to find it again: filters, order and columns of an address."""

    __tablename__ = "saved_filter"
    __table_args__ = (sa.UniqueConstraint("officer_id", "listing", "name"), NEVER_REUSED)

    id: Mapped[PrimaryKey]
    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    # Which list, as contributions name it.
    listing: Mapped[str]
    name: Mapped[str]
    # The part of the address after the question mark. The history does not repeat it: a filter
    # may hold a telephone number that was looked for.
    query: Mapped[str] = mapped_column(info={"protected": True})
    # Offered to the colleagues of the same authority, too.
    shared: Mapped[Flag] = mapped_column(default=False)
    saved_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    officer: Mapped[Officer] = relationship()
    __mapper_args__ = {"version_id_col": version}

"""Old ledgers that were looked through before anything is imported."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import InDivision, Officer
from training_oversight.database import Base, PrimaryKey
from training_oversight.texts import LabelledEnum, Text


class CheckKind(LabelledEnum):
    """What can be wrong with a row of an old ledger."""

    NO_NAME = "no_name", Text("No name")
    DUPLICATE = "duplicate_row", Text("Twice in the list")
    BAD_CODE = "bad_code", Text("Impossible code")
    EXPIRED = "expired_licence", Text("Licence has run out")
    NO_CLOSING_DAY = "no_closing_day", Text("Closed without a day")
    DEADLINE_FIRST = "deadline_first", Text("Deadline before the notice")
    UNREADABLE = "unreadable_cell", Text("Cell that cannot be read")


class LedgerCheck(InDivision, Base):
    """A list and what was found in it, as it was signed. The register knows nothing of its rows."""

    __tablename__ = "ledger_check"

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"))
    filename: Mapped[str]
    sheet: Mapped[str] = mapped_column(default="")
    rows: Mapped[int]
    # [{"kind", "row", "name", "why": [message id, {values}]}] in the order of the rows.
    findings: Mapped[list[Any]]
    # What stays of them: {"kinds": {kind: count}, "total": …, "rows": how many have something}.
    summary: Mapped[dict[str, Any]] = mapped_column(default=dict)
    contents_gone_on: Mapped[date | None]
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    made_at: Mapped[datetime]

    made_by: Mapped[Officer] = relationship()

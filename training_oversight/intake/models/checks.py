"""Old ledgers that were looked through before anything is imported."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import InDivision, Officer
from training_oversight.database import Base, Flag, JsonList, JsonObject, PrimaryKey
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
    """A list and what was found in it, as it is signed. The register knows nothing of its rows."""

    __tablename__ = "ledger_check"

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"))
    filename: Mapped[str]
    # The file as it came, as long as the findings; its sheet, and the row of its header.
    file_sha256: Mapped[str | None] = mapped_column(sa.ForeignKey("stored_file.sha256"))
    sheet: Mapped[str] = mapped_column(default="")
    header_row: Mapped[int | None]
    header: Mapped[JsonList] = mapped_column(default=list)
    # Who sent the list, as the officer calls them: the columns are remembered under it.
    sender: Mapped[str] = mapped_column(default="")
    # Place of a column, as text -> field; "" for a column that is not read.
    mapping: Mapped[dict[str, str]] = mapped_column(default=dict)
    # Headers of columns that are not read.
    unread: Mapped[list[str]] = mapped_column(default=list)
    # Whether its columns are settled, and it was looked through.
    settled: Mapped[Flag] = mapped_column(default=True)
    rows: Mapped[int]
    # [{"kind", "row", "name", "why": [message id, {values}]}] in the order of the rows.
    findings: Mapped[JsonList]
    # What stays of them: {"kinds": {kind: count}, "total": …, "rows": how many have something}.
    summary: Mapped[JsonObject] = mapped_column(default=dict)
    contents_gone_on: Mapped[date | None]
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    made_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    made_by: Mapped[Officer] = relationship()
    __mapper_args__ = {"version_id_col": version}

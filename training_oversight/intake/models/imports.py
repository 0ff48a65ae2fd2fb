"""Lists that were read in, row by row."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import InDivision
from training_oversight.database import Base, Flag, JsonList, JsonObject, PrimaryKey, enum_column
from training_oversight.intake.manner import Manner
from training_oversight.intake.workflow import IMPORT_WORKFLOW, ImportState, RowOutcome
from training_oversight.places import Datum
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import Workflow


class Decision(LabelledEnum):
    """What an officer says of a possible duplicate."""

    SAME = "same", Text("The same institution")
    DIFFERENT = "different", Text("Another institution")
    SKIP = "skip", Text("Leave the row out")


class ImportBatch(InDivision, Base):
    """One spreadsheet on its way into the register."""

    __tablename__ = "import_batch"

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"))
    division_id: Mapped[int] = mapped_column(sa.ForeignKey("division.id"))
    filename: Mapped[str]
    # The file as it came, until the list is discarded or its contents are deleted; its sheet, and
    # the row of its header.
    file_sha256: Mapped[str | None] = mapped_column(sa.ForeignKey("stored_file.sha256"))
    sheet: Mapped[str] = mapped_column(default="")
    # [[name, rows]] of the sheets of the file in which something stands.
    sheets: Mapped[JsonList] = mapped_column(default=list)
    header_row: Mapped[int | None]
    # Who sent the list, as the officer calls them: the mapping is remembered under it.
    sender: Mapped[str] = mapped_column(default="")
    # Place of a column, as text -> field; "" for a column that is not read.
    mapping: Mapped[dict[str, str]] = mapped_column(default=dict)
    # Field -> word that no closed choice knows -> what it means; "" leaves its cells empty.
    words: Mapped[JsonObject] = mapped_column(default=dict)
    # From which map its positions come; empty where nobody knows.
    datum: Mapped[Datum | None] = mapped_column(enum_column(Datum))
    # Rows of one credit code are institutions of their own, not places of one.
    apart: Mapped[Flag] = mapped_column(default=False)
    # [[row number, [message id, {values}]]]: rows that are no institutions, and why.
    left_out: Mapped[JsonList] = mapped_column(default=list)
    row_count: Mapped[int] = mapped_column(default=0)
    # What reading found how often: "cleaned phone spaces" -> 31, "reason uscc" -> 4.
    tallies: Mapped[dict[str, int]] = mapped_column(default=dict)
    errand_id: Mapped[int | None] = mapped_column(sa.ForeignKey("errand.id"))
    state: Mapped[ImportState] = mapped_column(
        enum_column(ImportState), default=ImportState.PREVIEWED
    )
    header: Mapped[JsonList]
    unknown_columns: Mapped[list[str]]
    uploaded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    uploaded_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    # The day on which rows and file were deleted, and how many rows had come to which end.
    contents_gone_on: Mapped[date | None]
    left_counts: Mapped[dict[str, int]] = mapped_column(default=dict)
    version: Mapped[int] = mapped_column()

    rows: Mapped[list[ImportRow]] = relationship(order_by="ImportRow.number")
    workflow: ClassVar[Workflow] = IMPORT_WORKFLOW

    @property
    def manner(self) -> Manner:
        return Manner(self.datum, self.apart)

    __mapper_args__ = {"version_id_col": version}


class ImportRow(Base):
    """One row of the spreadsheet, what will become of it, and why."""

    __tablename__ = "import_row"
    __table_args__ = (
        sa.Index("ix_import_row_outcome", "batch_id", "outcome", "number"),
        sa.Index("ix_import_row_written", "batch_id", "written", "number"),
    )

    id: Mapped[PrimaryKey]
    batch_id: Mapped[int] = mapped_column(sa.ForeignKey("import_batch.id"))
    number: Mapped[int]
    outcome: Mapped[RowOutcome] = mapped_column(enum_column(RowOutcome))
    # The cells as they stood in the file, for the file of rejected rows: text, or {"day": …}.
    cells: Mapped[JsonList]
    # Field -> cleaned value.
    values: Mapped[JsonObject]
    # Field -> [old, new] for a changed row.
    changes: Mapped[JsonObject]
    # [[message id, {values}]]: sentences, rendered in the reader's language.
    reasons: Mapped[JsonList]
    warnings: Mapped[JsonList]
    institution_id: Mapped[int | None] = mapped_column(sa.ForeignKey("institution.id"), index=True)
    # Field -> [as written, as understood], where cleaning changed something.
    cleaned: Mapped[JsonObject] = mapped_column(default=dict)
    # [{"id": institution, "why": [[message id, {values}]]}], or {"row": number of a row above};
    # "chosen" is true where it was found to be the same as that row.
    candidates: Mapped[JsonList] = mapped_column(default=list)
    # Words between spaces by which the preview is filtered: " warning town:5 reason:uscc ".
    marks: Mapped[str] = mapped_column(default="")
    decision: Mapped[Decision | None] = mapped_column(enum_column(Decision))
    # Which of the candidates it is the same as.
    chosen_id: Mapped[int | None] = mapped_column(sa.ForeignKey("institution.id"))
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    # In the register already: a confirmation that was cut off goes on after these.
    written: Mapped[Flag] = mapped_column(default=False)
    # What writing made and what it replaced, so that it can be taken back.
    undo: Mapped[JsonObject] = mapped_column(default=dict)
    # The institution's version after writing; another one later means it was touched since.
    # 0 once the row is taken back; empty where nothing can be taken back.
    left_version: Mapped[int | None]


class ImportMapping(Base):
    """How one sender's columns and words are read, remembered from the last list."""

    __tablename__ = "import_mapping"
    __table_args__ = (sa.UniqueConstraint("authority_id", "sender"),)

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"))
    sender: Mapped[str]
    # Header as written -> field; "" for a column that is not read.
    columns: Mapped[JsonObject]
    # The same for the columns of an old ledger, which the register does not have.
    ledger: Mapped[dict[str, str]] = mapped_column(default=dict)
    # As ``ImportBatch.words``.
    words: Mapped[JsonObject] = mapped_column(default=dict)
    # As of the last list.
    datum: Mapped[Datum | None] = mapped_column(enum_column(Datum))
    apart: Mapped[Flag] = mapped_column(default=False)
    used_at: Mapped[datetime]

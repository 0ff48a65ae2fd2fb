"""A county's list: read, judged row by row, and kept until somebody decides on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.models import Officer
from training_oversight.audit import EventType
from training_oversight.errors import BadInput
from training_oversight.law.sentences import packed
from training_oversight.law.wording import Listing
from training_oversight.registry.importing import queries, reading
from training_oversight.registry.importing.cleaning import RowCleaner
from training_oversight.registry.importing.columns import KNOWN, places, unread
from training_oversight.registry.importing.judging import judge
from training_oversight.registry.importing.matching import Judged
from training_oversight.registry.importing.queries import Ground
from training_oversight.registry.models import ImportBatch, ImportState, RowOutcome
from training_oversight.spreadsheets import Sheet, read
from training_oversight.texts import Text

UPLOADED = EventType.declare("import.uploaded", Text("List uploaded"), ["rows"])


@dataclass(frozen=True)
class Look:
    """A list as it was read and judged. Nothing is written."""

    sheet: Sheet
    unread: list[str]
    rows: list[Judged]

    def count(self, outcome: RowOutcome) -> int:
        return Counter(row.outcome for row in self.rows)[outcome]

    def rejected(self) -> list[tuple[list[str], list[Text]]]:
        """What the file of rejected rows holds: the cells as they were, and why."""
        return [(r.cells, r.reasons) for r in self.rows if r.outcome is RowOutcome.REJECTED]

    @property
    def warnings(self) -> int:
        return sum(len(row.warnings) for row in self.rows)


def opened(content: bytes, filename: str) -> Sheet:
    """The table in a file. Raises ``BadInput`` or ``TooLarge`` for one that is none."""
    sheet = read(content, filename, known=KNOWN)
    if "name" not in places(sheet.header):
        raise BadInput(
            Text("No column holds the names of the institutions: call one of them 机构名称.")
        )
    return sheet


def look(session: Session, sheet: Sheet, ground: Ground) -> Look:
    """What would become of every row."""
    columns = places(sheet.header)
    cleaner = RowCleaner(ground, columns)
    rows = [cleaner.clean(row) for row in sheet.rows]
    judge(rows, queries.registered(session, ground.authority), ground)
    return Look(sheet, unread(sheet.header, sheet.unknown), rows)


def preview(
    session: Session, seen: Look, ground: Ground, *, filename: str, by: Officer
) -> ImportBatch:
    """Keep a list and what would become of it, until somebody confirms or discards it."""
    batch = ImportBatch(
        authority_id=ground.authority.id,
        division_id=ground.division.id,
        division_path=ground.division.path,
        filename=filename,
        state=ImportState.PREVIEWED,
        header=seen.sheet.header,
        unknown_columns=seen.unread,
        row_count=len(seen.rows),
        left_out=[[number, packed(why)] for number, why in seen.sheet.left_out],
        uploaded_by_id=by.id,
        uploaded_at=database.instant(session),
    )
    session.add(batch)
    audit.record(session, batch, UPLOADED, by=by, rows=len(seen.rows))
    reading.keep(session, batch.id, seen.rows)
    return batch


def unread_sentence(names: Sequence[str]) -> Text:
    return Text("Columns that are not read: %(names)s.", names=Listing(names))

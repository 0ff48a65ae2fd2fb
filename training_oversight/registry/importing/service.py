"""A county's list: read, judged row by row, and kept until somebody decides on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.models import Officer
from training_oversight.audit import EventType
from training_oversight.errors import BadInput
from training_oversight.law.sentences import packed
from training_oversight.law.wording import Listing
from training_oversight.registry.importing import queries
from training_oversight.registry.importing.cleaning import clean_row
from training_oversight.registry.importing.columns import KNOWN, places, unread
from training_oversight.registry.importing.matching import Judged, judge
from training_oversight.registry.importing.queries import Ground
from training_oversight.registry.models import ImportBatch, ImportRow, ImportState, RowOutcome
from training_oversight.spreadsheets import Row, Sheet, read
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
    rows = [_cleaned(row, columns, ground) for row in sheet.rows]
    judge(rows, queries.registered(session, ground.authority), ground)
    return Look(sheet, unread(sheet.header, sheet.unknown), rows)


def _cleaned(row: Row, columns: Mapping[str, int], ground: Ground) -> Judged:
    found = clean_row({name: row.cells[place] for name, place in columns.items()}, ground)
    shown = [str(cell) for cell in row.cells]
    return Judged(row.number, shown, found.values, found.reasons, found.warnings)


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
        uploaded_by_id=by.id,
        uploaded_at=database.instant(session),
    )
    session.add(batch)
    audit.record(session, batch, UPLOADED, by=by, rows=len(seen.rows))
    session.execute(sa.insert(ImportRow), [_stored(batch, row) for row in seen.rows])
    return batch


def _stored(batch: ImportBatch, row: Judged) -> dict[str, Any]:
    return {
        "batch_id": batch.id,
        "number": row.number,
        "outcome": row.outcome,
        "cells": row.cells,
        "values": row.values,
        "changes": row.changes,
        "reasons": [packed(reason) for reason in row.reasons],
        "warnings": [packed(warning) for warning in row.warnings],
        "institution_id": row.institution_id,
    }


def unread_sentence(names: Sequence[str]) -> Text:
    return Text("Columns that are not read: %(names)s.", names=Listing(names))

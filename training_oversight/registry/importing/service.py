"""From a county's list to the register: look first, then write, all of it or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from training_oversight import audit, database, workflow
from training_oversight.accounts.models import Officer
from training_oversight.audit import EventType
from training_oversight.errors import BadInput, StaleForm, WrongState
from training_oversight.law.sentences import packed, unpacked
from training_oversight.law.wording import Listing
from training_oversight.registry.importing import queries, writing
from training_oversight.registry.importing.cleaning import clean_row
from training_oversight.registry.importing.columns import KNOWN, places, unread
from training_oversight.registry.importing.matching import Judged, judge
from training_oversight.registry.importing.queries import Ground
from training_oversight.registry.models import ImportBatch, ImportRow, ImportState, RowOutcome
from training_oversight.spreadsheets import Row, Sheet, read
from training_oversight.texts import Text

UPLOADED = EventType.declare("import.uploaded", Text("List uploaded"), ["rows"])
CONFIRMED = EventType.declare(
    "import.confirmed",
    Text("List written to the register"),
    [outcome.value for outcome in RowOutcome],
)
DISCARDED = EventType.declare("import.discarded", Text("List discarded"))


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


def confirm(
    session: Session, batch: ImportBatch, ground: Ground, *, by: Officer, version: int | None = None
) -> dict[RowOutcome, int]:
    """Write a list that was looked at. What changed since then comes back as rejected.

    Raises ``WrongState`` when it was confirmed or discarded before.
    """
    _take(session, batch, version=version)
    stored = list(batch.rows)
    rows = [_again(row) for row in stored]
    judge(rows, queries.registered(session, ground.authority, writing=True), ground)
    for row, before in zip(rows, stored, strict=True):
        _compare(row, before)
    try:
        writing.write(session, rows, ground, by=by)
    except IntegrityError as error:
        raise StaleForm(
            Text("Nothing was written: somebody registered one of these just now. Confirm again.")
        ) from error
    session.execute(
        sa.update(ImportRow),
        [_outcome(row, before) for row, before in zip(rows, stored, strict=True)],
    )
    batch.state, batch.confirmed_at = ImportState.CONFIRMED, database.instant(session)
    counted = Counter(row.outcome for row in rows)
    counts = {outcome: counted[outcome] for outcome in RowOutcome}
    facts: dict[str, Any] = {outcome.value: counted[outcome] for outcome in RowOutcome}
    audit.record(session, batch, CONFIRMED, by=by, **facts)
    return counts


def discard(session: Session, batch: ImportBatch, *, by: Officer, version: int | None) -> None:
    """Forget a list that was not confirmed; what was typed in it is deleted."""
    _take(session, batch, version=version)
    session.execute(sa.delete(ImportRow).where(ImportRow.batch_id == batch.id))
    batch.state = ImportState.DISCARDED
    audit.record(session, batch, DISCARDED, by=by)


def _take(session: Session, batch: ImportBatch, *, version: int | None) -> None:
    database.locked(session, batch)
    if batch.state is not ImportState.PREVIEWED:
        raise WrongState(
            Text("This list has been dealt with already: %(state)s.", state=batch.state)
        )
    workflow.seen(batch, version)


def _again(row: ImportRow) -> Judged:
    """A stored row, to be judged once more against the register as it is now."""
    reasons = unpacked(row.reasons)
    return Judged(row.number, row.cells, dict(row.values), reasons)


def _compare(row: Judged, before: ImportRow) -> None:
    """Only what the officer saw is written; what has come to be in the meantime is no loss."""
    same = (row.outcome, row.changes, row.institution_id) == (
        before.outcome,
        before.changes,
        before.institution_id,
    )
    if same or row.reasons or row.outcome is RowOutcome.UNCHANGED:
        return
    row.outcome = RowOutcome.REJECTED
    row.reasons.append(
        Text(
            "The register has changed since the preview, so this row was not written: import it "
            "again and compare."
        )
    )


def _outcome(row: Judged, before: ImportRow) -> dict[str, Any]:
    return {
        "id": before.id,
        "outcome": row.outcome,
        "changes": row.changes,
        "reasons": [packed(reason) for reason in row.reasons],
        "institution_id": row.institution_id,
    }


def unread_sentence(names: Sequence[str]) -> Text:
    return Text("Columns that are not read: %(names)s.", names=Listing(names))

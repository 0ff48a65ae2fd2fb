"""The end of a preview: a list that was looked at is written to the register, or forgotten."""

from __future__ import annotations

from collections import Counter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from training_oversight import audit, database, workflow
from training_oversight.accounts.models import Officer
from training_oversight.audit import EventType
from training_oversight.errors import StaleForm, WrongState
from training_oversight.law.sentences import packed, unpacked
from training_oversight.registry.importing import queries, writing
from training_oversight.registry.importing.judging import judge
from training_oversight.registry.importing.matching import Judged
from training_oversight.registry.importing.queries import Ground
from training_oversight.registry.models import ImportBatch, ImportRow, ImportState, RowOutcome
from training_oversight.texts import Text

CONFIRMED = EventType.declare(
    "import.confirmed",
    Text("List written to the register"),
    [outcome.value for outcome in RowOutcome],
)
DISCARDED = EventType.declare("import.discarded", Text("List discarded"))


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

"""The end of a preview: a list that was looked at is written to the register.

A list is written in parts, each in a transaction of its own: whatever stops it, the rows
before are in the register and marked so, and writing goes on after them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, bulk, database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.errors import StaleForm
from training_oversight.intake import contents, part_queries, queries, writing
from training_oversight.intake.judging import judge
from training_oversight.intake.matching import Judged, set_apart
from training_oversight.intake.meant_queries import named_by
from training_oversight.intake.models import ImportBatch, ImportRow
from training_oversight.intake.queries import Ground
from training_oversight.intake.tallying import WHOLE_ROW
from training_oversight.intake.workflow import IMPORT_WORKFLOW, ImportVerb, RowOutcome, check_state
from training_oversight.intake.writing import Written
from training_oversight.law.sentences import packed, unpacked
from training_oversight.registry.service.surroundings import no_new_codes
from training_oversight.texts import Text
from training_oversight.workflow import authorise, stepped

V, EVENTS = ImportVerb, IMPORT_WORKFLOW.events
# The mark by which the page finds the rows that writing rejected.
REJECTED_NOW = f"reason:{WHOLE_ROW}"
# Rows in one transaction: long enough to be quick, short enough that nobody waits for it.
AT_ONCE = 500


def begin(session: Session, batch: ImportBatch, *, by: Officer, version: int | None = None) -> None:
    """Decide that a list is written as it was looked at.

    Raises ``WrongState`` when somebody confirmed or discarded it before.
    """
    authorise(by, batch, Permission.IMPORT_REGISTRY)
    _take(session, batch, version=version)
    moved = stepped(batch, V.BEGIN, by=by)
    batch.confirmed_by_id = by.id
    audit.record(session, batch, EVENTS[V.BEGIN], by=by, states=moved)


@dataclass(frozen=True)
class RowsDone:
    """Rows that were dealt with together: how many, and the number of the last."""

    rows: int
    last: int


def write_some(
    session: Session, batch: ImportBatch, ground: Ground, *, by: Officer, after: int = 0
) -> RowsDone | None:
    """Write the next rows after one that was dealt with; nothing when the list is finished.

    What changed since the preview comes back as rejected. Raises ``WrongState`` when somebody
    has finished the list or begun to take it back.
    """
    authorise(by, batch, Permission.IMPORT_REGISTRY)
    database.locked(session, batch)
    contents.check_there(batch)
    check_state(batch, V.CONFIRM)
    stored = part_queries.next_to_write(session, batch.id, after=after, at_most=AT_ONCE)
    if not stored:
        _finish(session, batch, by=by)
        return None
    rows = [_again(row) for row in stored]
    _judge(session, rows, ground)
    for row, before in zip(rows, stored, strict=True):
        _compare(row, before)
    written = writing.write(session, rows, ground, by=by)
    _mark(session, rows, stored, written)
    _tally(batch, sum(row.outcome is RowOutcome.REJECTED for row in rows))
    return RowsDone(len(rows), stored[-1].number)


def _judge(session: Session, rows: Sequence[Judged], ground: Ground) -> None:
    """Judge rows against the register as it is now, which stays so until they are written."""
    authority_id, values = ground.authority.id, [row.values for row in rows]
    chosen = [row.chosen_id for row in rows if row.chosen_id is not None]
    # In the order in which a form takes them: the institution, then the codes of the county.
    named_by(session, authority_id, values, also=chosen, writing=True)
    no_new_codes(session, authority_id)
    # Who came onto the register before the codes were held was in no answer yet.
    judge(rows, named_by(session, authority_id, values, also=chosen), ground)


def _finish(session: Session, batch: ImportBatch, *, by: Officer) -> None:
    counts = queries.counts(session, batch.id)
    moved = stepped(batch, V.CONFIRM, by=by)
    batch.confirmed_at = database.instant(session)
    facts: dict[str, Any] = {outcome.value: count for outcome, count in counts.items()}
    audit.record(session, batch, EVENTS[V.CONFIRM], by=by, states=moved, **facts)


def _take(session: Session, batch: ImportBatch, *, version: int | None) -> None:
    database.locked(session, batch)
    check_state(batch, V.BEGIN)
    if version is not None and batch.version != version:
        raise StaleForm(
            Text(
                "Not written: after you opened the page somebody decided on rows of this list or "
                "had it read anew. Look through it again."
            )
        )


def _again(row: sa.Row[*tuple[object, ...]]) -> Judged:
    """A stored row, to be judged once more against the register as it is now."""
    return Judged(
        row.number,
        [],
        set_apart(row.values),
        unpacked(row.reasons),
        decision=row.decision,
        chosen_id=row.chosen_id,
    )


def _compare(row: Judged, before: sa.Row[*tuple[object, ...]]) -> None:
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


def _mark(
    session: Session,
    rows: Sequence[Judged],
    stored: Sequence[sa.Row[*tuple[object, ...]]],
    written: Mapping[int, Written],
) -> None:
    """Say of each row what became of it."""
    pairs = list(zip(rows, stored, strict=True))
    bulk.change(
        *(session, ImportRow),
        [_written(before, written[row.number]) for row, before in pairs if row.number in written],
    )
    bulk.change(
        *(session, ImportRow),
        [_left(row, before) for row, before in pairs if row.number not in written],
    )


def _written(before: sa.Row[*tuple[object, ...]], written: Written) -> dict[str, object]:
    """All else is as it was looked at; only so is a row written."""
    return {
        "id": before.id,
        "institution_id": written.institution_id,
        "written": True,
        "undo": written.undo,
        "left_version": written.left_version,
    }


def _left(row: Judged, before: sa.Row[*tuple[object, ...]]) -> dict[str, object]:
    rejected = row.outcome is RowOutcome.REJECTED
    return {
        "id": before.id,
        "outcome": row.outcome,
        "changes": row.changes,
        "reasons": [packed(reason) for reason in row.reasons],
        "marks": f"{before.marks or ' '}{REJECTED_NOW} " if rejected else before.marks,
        "institution_id": row.institution_id,
    }


def _tally(batch: ImportBatch, rejected: int) -> None:
    """Count what was not rejected when the list was looked at."""
    if rejected:
        before = batch.tallies.get(REJECTED_NOW, 0)
        batch.tallies = {**batch.tallies, REJECTED_NOW: before + rejected}

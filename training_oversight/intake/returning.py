"""The rows that go back to the sender, each with why: returned ones and those nobody decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.intake.models import ImportBatch, ImportRow
from training_oversight.intake.rejects import Rejected
from training_oversight.intake.workflow import RowOutcome
from training_oversight.law.sentences import unpacked
from training_oversight.law.wording import Joined
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.workflow import authorise

AT_ONCE = 500
RETURNED = (RowOutcome.REJECTED, RowOutcome.POSSIBLE_DUPLICATE)
FETCHED = EventType.declare("import.returned_fetched", Text("Returned rows fetched"), ["rows"])


def taken_out(session: Session, batch: ImportBatch, *, rows: int, by: Officer) -> None:
    """Record that somebody took the rows out: they hold whatever the sender wrote."""
    authorise(by, batch, Permission.IMPORT_REGISTRY)
    audit.record(session, batch, FETCHED, by=by, rows=rows)


def returned(session: Session, batch_id: int) -> Iterator[Rejected]:
    """The cells as they came and why they are returned, in the order of the list."""
    rows = session.execute(
        sa.select(ImportRow.cells, ImportRow.reasons, ImportRow.outcome, ImportRow.candidates)
        .where(ImportRow.batch_id == batch_id, ImportRow.outcome.in_(RETURNED))
        .order_by(ImportRow.number)
    )
    for part in rows.partitions(AT_ONCE):
        yield from explained(session, [tuple(row) for row in part])


def explained(session: Session, rows: Sequence[Any]) -> Iterator[Rejected]:
    """The same for rows at hand: (cells, reasons, outcome, candidates), as a list keeps them."""
    names = _names(session, [one for *_, candidates in rows for one in candidates])
    for cells, reasons, outcome, candidates in rows:
        yield cells, [*unpacked(reasons), *_undecided(outcome, candidates, names)]


def _names(session: Session, candidates: Sequence[Mapping[str, object]]) -> Mapping[int, str]:
    keys = {one["id"] for one in candidates if "id" in one}
    if not keys:
        return {}
    found = session.execute(
        sa.select(Institution.id, Institution.name).where(Institution.id.in_(keys))
    )
    return {row.id: row.name for row in found}


def _undecided(
    outcome: RowOutcome, candidates: Sequence[Mapping[str, Any]], names: Mapping[int, str]
) -> list[Text]:
    if outcome is not RowOutcome.POSSIBLE_DUPLICATE:
        return []
    others: list[object] = [
        names[one["id"]] if "id" in one else Text("Row %(number)s", number=one["row"])
        for one in candidates
    ]
    return [
        Text(
            "Not imported, because nobody said whether this is the same institution as: "
            "%(others)s.",
            others=Joined(others),
        )
    ]

"""The rows that go back to the sender, each with why: returned ones and those nobody decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.law.sentences import unpacked
from training_oversight.law.wording import Listing
from training_oversight.registry.importing.rejects import Rejected
from training_oversight.registry.models import ImportRow, Institution, RowOutcome
from training_oversight.texts import Text

AT_ONCE = 500


def returned(session: Session, batch_id: int) -> Iterator[Rejected]:
    """The cells as they came and why they are returned, in the order of the list."""
    rows = session.execute(
        sa.select(ImportRow.cells, ImportRow.reasons, ImportRow.outcome, ImportRow.candidates)
        .where(
            ImportRow.batch_id == batch_id,
            ImportRow.outcome.in_([RowOutcome.REJECTED, RowOutcome.POSSIBLE_DUPLICATE]),
        )
        .order_by(ImportRow.number)
    )
    for part in rows.partitions(AT_ONCE):
        names = _names(session, [one for row in part for one in row.candidates])
        for row in part:
            yield row.cells, [*unpacked(row.reasons), *_undecided(row, names)]


def _names(session: Session, candidates: Sequence[Mapping[str, Any]]) -> Mapping[int, str]:
    keys = {one["id"] for one in candidates if "id" in one}
    if not keys:
        return {}
    found = session.execute(
        sa.select(Institution.id, Institution.name).where(Institution.id.in_(keys))
    )
    return {row.id: row.name for row in found}


def _undecided(row: Any, names: Mapping[int, str]) -> list[Text]:
    if row.outcome is not RowOutcome.POSSIBLE_DUPLICATE:
        return []
    others: list[object] = [
        names[one["id"]] if "id" in one else Text("Row %(number)s", number=one["row"])
        for one in row.candidates
    ]
    return [
        Text(
            "Not imported, because nobody said whether this is the same institution as: "
            "%(others)s.",
            others=Listing(others),
        )
    ]

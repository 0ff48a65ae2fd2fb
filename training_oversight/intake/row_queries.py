"""The rows of one list, filtered as its page asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.intake.models import ImportRow
from training_oversight.intake.workflow import RowOutcome

NUMBER, ID = ImportRow.number, ImportRow.id


@dataclass(frozen=True)
class RowFilter:
    """What a page asks for. ``marks`` must all be borne by a row."""

    # Without one, the rows of all.
    outcome: RowOutcome | None
    words: str = ""
    marks: tuple[str, ...] = ()


def rows(batch_id: int, wanted: RowFilter) -> sa.Select[Any]:
    return sa.select(ImportRow).where(ImportRow.batch_id == batch_id, *_conditions(wanted))


def count(session: Session, batch_id: int, wanted: RowFilter) -> int:
    return (
        session.scalar(
            sa.select(sa.func.count())
            .select_from(ImportRow)
            .where(ImportRow.batch_id == batch_id, *_conditions(wanted))
        )
        or 0
    )


def _conditions(wanted: RowFilter) -> list[sa.ColumnElement[bool]]:
    found = [_of(wanted.outcome)] if wanted.outcome is not None else []
    found += [ImportRow.marks.contains(f" {mark} ", autoescape=True) for mark in wanted.marks]
    if wanted.words:
        name = ImportRow.values["name"].as_string()
        found.append(name.contains(wanted.words, autoescape=True))
    return found


def _of(outcome: RowOutcome) -> sa.ColumnElement[bool]:
    mine = ImportRow.outcome == outcome
    if outcome is RowOutcome.POSSIBLE_DUPLICATE:
        # Those that were decided stay where they are, so that it can be changed.
        return sa.or_(mine, ImportRow.decision.is_not(None))
    return mine

"""Which rows of a list come next, to be written or taken back, and how far that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from training_oversight.intake.models import ImportRow
from training_oversight.intake.workflow import RowOutcome
from training_oversight.registry.models import Institution

# What writing asks of a row; how its cells were written and cleaned is not among it.
WRITTEN_FROM = (
    ImportRow.id, ImportRow.number, ImportRow.outcome, ImportRow.values, ImportRow.changes,
    ImportRow.reasons, ImportRow.marks, ImportRow.decision, ImportRow.chosen_id,
    ImportRow.institution_id,
)  # fmt: skip


def next_to_write(
    session: Session, batch_id: int, *, after: int, at_most: int
) -> Sequence[sa.Row[*tuple[object, ...]]]:
    """The next rows, by their numbers, that an officer wants written and that are not."""
    return session.execute(
        sa.select(*WRITTEN_FROM)
        .where(ImportRow.batch_id == batch_id, ImportRow.number > after, _to_write())
        .order_by(ImportRow.number)
        .limit(at_most)
    ).all()


def how_far(session: Session, batch_id: int) -> tuple[int, int]:
    """How many rows are written, and how many are still to be."""
    written, waiting = session.execute(
        sa.select(
            sa.func.count().filter(ImportRow.written), sa.func.count().filter(_to_write())
        ).where(ImportRow.batch_id == batch_id)
    ).one()
    return written, waiting


def _to_write() -> sa.ColumnElement[bool]:
    wanted = ImportRow.outcome.in_([RowOutcome.NEW, RowOutcome.CHANGED])
    return sa.and_(ImportRow.written.is_(False), wanted)


def next_to_undo(session: Session, batch_id: int, *, at_most: int) -> Sequence[ImportRow]:
    """The next rows to take back, those that came onto the register with the list first."""
    # Not in one order: each part would sort all the rows that are left.
    came = sa.case((ImportRow.outcome == RowOutcome.NEW, True), else_=False)
    rows: list[ImportRow] = []
    for turn in (came, sa.not_(came)):
        if len(rows) < at_most:
            rows += session.scalars(
                sa.select(ImportRow)
                .where(ImportRow.batch_id == batch_id, _to_undo(), turn)
                .order_by(ImportRow.number)
                .limit(at_most - len(rows))
            )
    return rows


def parts_to_undo(
    session: Session, batch_id: int, *, at_most: int
) -> Iterator[Sequence[ImportRow]]:
    """All rows that can be taken back, a part at a time."""
    last = 0
    while True:
        rows = session.scalars(
            sa.select(ImportRow)
            .where(ImportRow.batch_id == batch_id, ImportRow.number > last, _to_undo())
            .order_by(ImportRow.number)
            .limit(at_most)
        ).all()
        if not rows:
            return
        yield rows
        last = rows[-1].number


def to_undo(session: Session, batch_id: int) -> dict[RowOutcome, int]:
    """How many rows can be taken back: new ones and changed ones."""
    found = session.execute(
        sa.select(ImportRow.outcome, sa.func.count())
        .where(ImportRow.batch_id == batch_id, _to_undo())
        .group_by(ImportRow.outcome)
    ).all()
    return dict.fromkeys((RowOutcome.NEW, RowOutcome.CHANGED), 0) | dict(found)


def taken_back(session: Session, batch_id: int) -> dict[str, int]:
    """How many new and changed rows were taken back, and how many were left as they are."""
    back = ImportRow.left_version == 0
    sums = (
        ("new", sa.and_(back, ImportRow.outcome == RowOutcome.NEW)),
        ("changed", sa.and_(back, ImportRow.outcome == RowOutcome.CHANGED)),
        ("left_as_is", sa.and_(ImportRow.written, ImportRow.left_version.is_(None))),
    )
    row = session.execute(
        sa.select(*(sa.func.count().filter(clause).label(name) for name, clause in sums)).where(
            ImportRow.batch_id == batch_id
        )
    ).one()
    return dict(row._mapping)


def _to_undo() -> sa.ColumnElement[bool]:
    return sa.and_(ImportRow.written, ImportRow.left_version > 0)


def locked_records(session: Session, keys: Sequence[int]) -> Sequence[Institution]:
    """Institutions with places and papers, which nobody else changes until the transaction ends."""
    return session.scalars(
        sa.select(Institution)
        .where(Institution.id.in_(keys))
        .with_for_update(of=Institution)
        .options(selectinload(Institution.venues), selectinload(Institution.licences))
        .order_by(Institution.id)
        .execution_options(populate_existing=True)
    ).all()

"""Reading a list row by row: cleaned, judged and kept, a part at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, bulk
from training_oversight.accounts.models import Officer
from training_oversight.intake import known_queries
from training_oversight.intake.campuses import Campuses
from training_oversight.intake.cleaning import RowCleaner
from training_oversight.intake.cleaning.taught import Words
from training_oversight.intake.company import Values
from training_oversight.intake.judging import Judging
from training_oversight.intake.likenesses import Likenesses
from training_oversight.intake.manner import USUAL, Manner
from training_oversight.intake.matching import Candidate, Judged, Register
from training_oversight.intake.models import ImportBatch, ImportRow
from training_oversight.intake.queries import Ground
from training_oversight.intake.readable import KNOWN
from training_oversight.intake.tallying import marks_of, tallied
from training_oversight.intake.workflow import ImportVerb
from training_oversight.law.sentences import packed
from training_oversight.spreadsheets import Glance, NoHeader, Row, Table, glance, open_table
from training_oversight.spreadsheets.left_out import (
    HIDDEN,
    NOT_FILLED_IN,
    STRUCK_OUT,
    UNDER_ANOTHER,
)
from training_oversight.spreadsheets.limits import MEGABYTE
from training_oversight.texts import Text
from training_oversight.workflow import stepped

# So many rows are read while an officer waits; more are an errand.
AT_ONCE = 2_000
PART = 1_000
# What a page takes in: the country's largest list has 401,050 rows.
MOST_ROWS, MOST_BYTES = 500_000, 60 * MEGABYTE
# Of these there may be hundreds, all for one reason.
TOLD_TOGETHER = (HIDDEN, NOT_FILLED_IN)
LIMITS = {"max_rows": MOST_ROWS, "max_bytes": MOST_BYTES}


def table_of(
    path: Path, batch: ImportBatch, *, sheet: str, header_row: int | None, taken: Iterable[int] = ()
) -> Table:
    """The table that was chosen. ``taken``: rows that the reader would have left out."""
    table = open_table(
        path, batch.filename, KNOWN, sheet=sheet or None, header_row=header_row, **LIMITS
    )
    return taking(table, frozenset(taken))


def taking(table: Table, taken: frozenset[int]) -> Table:
    """The table with rows in it that the reader would have left out."""
    left_out = [(number, why) for number, why in table.left_out if number not in taken]
    more = len(table.left_out) - len(left_out)
    return replace(table, left_out=left_out, count=table.count + more) if more else table


def hidden(table: Table) -> frozenset[int]:
    """The rows that are left out because nobody sees them."""
    return _because(table, HIDDEN)


def not_asked(table: Table) -> frozenset[int]:
    """Rows with something in them that is not read, and of which nobody was asked."""
    return _because(table, STRUCK_OUT) | _because(table, UNDER_ANOTHER)


def _because(table: Table, reason: Text) -> frozenset[int]:
    return frozenset(number for number, why in table.left_out if why == reason)


def by_reason(left_out: Iterable[tuple[int, Text]]) -> list[tuple[Text, list[int]]]:
    """Why rows are left out, each with the rows of which it is true, in their order."""
    found: dict[str, tuple[Text, list[int]]] = {}
    for number, why in left_out:
        found.setdefault(why.message, (why, []))[1].append(number)
    return list(found.values())


def beside(table: Table) -> list[tuple[int, Text, str]]:
    """The rows of which each is told alone why it is left out: number, why, what stands in them."""
    why = {number: one for number, one in table.left_out if one not in TOLD_TOGETHER}
    if not why:
        return []
    rows = replace(table, left_out=[]).rows()
    return [
        (row.number, why[row.number], " ".join(str(cell) for cell in row.cells if cell))
        for row in takewhile(lambda row: row.number <= max(why), rows)
        if row.number in why
    ]


def check(
    content: bytes,
    filename: str,
    known: Collection[str] = KNOWN,
    limits: Mapping[str, Any] = LIMITS,
) -> Glance:
    """Raises ``BadInput`` or ``TooLarge`` for a file in which no list can stand."""
    found = glance(content, filename, known, **limits)
    several = sum(sheet.rows > 0 for sheet in found.sheets) > 1
    if found.trouble is not None and not several and not _may_be_said(found):
        raise found.trouble
    return found


def _may_be_said(found: Glance) -> bool:
    """Whether somebody can say which row is the header, though none was recognised."""
    return isinstance(found.trouble, NoHeader) and found.chosen.rows > 1


def glance_at(
    path: Path,
    filename: str,
    *,
    sheet: str,
    header_row: int | None,
    known: Collection[str],
    limits: Mapping[str, Any],
) -> Glance:
    """The sheets of the list's file, and the table that is or would be read."""
    return glance(path, filename, known, sheet=sheet or None, header_row=header_row, **limits)


def fields_of(mapping: Mapping[str, str]) -> dict[str, int]:
    """Field -> its place, of a mapping as a batch keeps it."""
    return {field: int(place) for place, field in mapping.items() if field}


def judged(
    session: Session,
    rows: Iterable[Row],
    columns: Mapping[str, int],
    ground: Ground,
    *,
    words: Words | None = None,
    manner: Manner = USUAL,
    ahead: Iterable[Row] = (),
    above: Callable[[Sequence[int]], Mapping[int, Values]] | None = None,
) -> Iterator[list[Judged]]:
    """The rows with what becomes of each, a part at a time.

    ``words``: what was said of those that no choice knows. ``above`` finds values of rows of
    earlier parts; without it they are kept in memory. ``ahead`` are the rows once more, to
    find those that are venues of one institution.
    """
    cleaner = RowCleaner(ground, columns, words, manner)
    campuses = Campuses(ahead, cleaner)
    judging, kept = _prepared(session, ground, above)
    part: list[Judged] = []
    for row in rows:
        part.append(cleaner.clean(row))
        if len(part) == PART:
            yield _judged(judging, part, kept, campuses)
            part = []
    if part:
        yield _judged(judging, part, kept, campuses)


def _prepared(
    session: Session,
    ground: Ground,
    above: Callable[[Sequence[int]], Mapping[int, Values]] | None,
) -> tuple[Judging, dict[int, Values] | None]:
    kept: dict[int, Values] | None = {} if above is None else None
    records = known_queries.known(session, ground.authority)
    judging = Judging(
        Register(records),
        ground,
        in_full=lambda keys: known_queries.in_full(session, keys),
        above=above or (lambda numbers: {number: (kept or {})[number] for number in numbers}),
        alike=Likenesses(records),
    )
    return judging, kept


def _judged(
    judging: Judging, part: list[Judged], kept: dict[int, Values] | None, campuses: Campuses
) -> list[Judged]:
    for row in part:
        campuses.gather(row)
    judging.judge([row for row in part if not campuses.is_taken(row)])
    campuses.settle(part)
    if kept is not None:
        kept.update((row.number, row.values) for row in part)
    return part


def values_above(
    session: Session, batch_id: int
) -> Callable[[Sequence[int]], Mapping[int, Values]]:
    """Finds the values of rows that are kept already."""

    def find(numbers: Sequence[int]) -> Mapping[int, Values]:
        if not numbers:
            return {}
        found = session.execute(
            sa.select(ImportRow.number, ImportRow.values).where(
                ImportRow.batch_id == batch_id,
                # As long as a list is read none is; so the index leads to the numbers.
                ImportRow.written.is_(False),
                ImportRow.number.in_(numbers),
            )
        )
        return {row.number: row.values for row in found}

    return find


def forget(session: Session, batch: ImportBatch) -> None:
    """Delete the rows of an earlier reading."""
    session.execute(sa.delete(ImportRow).where(ImportRow.batch_id == batch.id))


def keep(session: Session, batch_id: int, rows: Sequence[Judged]) -> Counter[str]:
    """Write rows down as they were judged; what was found in how many of them."""
    kept = [stored(batch_id, row) for row in rows]
    bulk.insert(session, ImportRow, kept)
    return tallied(row["marks"] for row in kept)


def stored(batch_id: int, row: Judged) -> dict[str, Any]:
    return {
        "batch_id": batch_id,
        "number": row.number,
        "outcome": row.outcome,
        "cells": row.cells,
        "values": row.values,
        "changes": row.changes,
        "reasons": [packed(reason) for reason in row.reasons],
        "warnings": [packed(warning) for warning in row.warnings],
        "institution_id": row.institution_id,
        "cleaned": row.cleaned,
        "candidates": [_candidate(one) for one in row.candidates],
        "marks": marks_of(row),
        "written": False,
        "undo": {},
    }


def _candidate(one: Candidate) -> dict[str, object]:
    which = {"id": one.institution_id} if one.institution_id is not None else {"row": one.row}
    return {**which, "why": [packed(why) for why in one.why]}


def finished(
    session: Session, batch: ImportBatch, table: Table, tallies: Counter[str], *, by: Officer
) -> None:
    """All rows are kept: the list can be looked at."""
    batch.row_count = table.count
    batch.left_out = [[number, packed(why)] for number, why in table.left_out]
    batch.tallies = dict(tallies)
    moved = stepped(batch, ImportVerb.READ, by=by)
    audit.record(
        session,
        batch,
        batch.workflow.events[ImportVerb.READ],
        by=by,
        states=moved,
        rows=batch.row_count,
        left_out=len(batch.left_out),
    )

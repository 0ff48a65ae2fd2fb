"""What has been touched since a list was written: then the list can no longer be taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.audit import Event
from training_oversight.files.models import Attachment
from training_oversight.intake import later_queries
from training_oversight.intake.later_queries import Acts, Later
from training_oversight.intake.models import ImportBatch, ImportRow
from training_oversight.intake.workflow import RowOutcome
from training_oversight.registry.models import Institution, Licence, LicenceWarning, Venue
from training_oversight.registry.references import referring
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import Text

# What the machine adds of itself is nobody's touch.
OF_THE_MACHINE = (LicenceWarning,)


@dataclass(frozen=True)
class Touched:
    """An institution that somebody has dealt with since the list was written."""

    institution_id: int
    name: str
    why: Text
    # The list to be taken back first, where nothing else stands in the way.
    later: Later | None = None


def touched(session: Session, batch: ImportBatch, rows: Sequence[ImportRow]) -> list[Touched]:
    """The institutions of these rows that were touched since, in the order of the rows.

    A change of the record, of its venues or papers counts, unless it came with a later list that
    was taken back itself; of a new record also whatever of any area names it.
    """
    now = _records(session, keys=[row.institution_id for row in rows])
    events = _later_events(session, {row.institution_id: row.undo["event"] for row in rows})
    moved = [
        row.institution_id
        for row in rows
        if row.institution_id in events or now[row.institution_id].version != row.left_version
    ]
    later = later_queries.lists(session, batch, [key for key in moved if key is not None])
    new = [row.institution_id for row in rows if row.outcome is RowOutcome.NEW]
    named = _named(session, [key for key in new if key is not None])
    taken = _taken_codes(session, batch, rows)
    found = []
    for row in rows:
        key = row.institution_id or 0
        record, acts = now[key], later.get(key, Acts()).after(row.left_version or 0)
        first: Later | None = None
        if record.version - (row.left_version or 0) != acts.steps:
            why = Text("Changed since.")
        elif not all(acts.cover(event) for event in events.get(key, ())):
            why = Text("Its venues or papers were changed since.")
        elif key in named:
            why = Text("Something was entered about it since.")
        elif (first := acts.latest) is not None:
            why = Text(
                "Changed by the list “%(name)s”, which was written later: take that back first.",
                name=first.name,
            )
        elif _code_before(row) in taken:
            why = Text("Another institution holds its old credit code by now.")
        else:
            continue
        found.append(Touched(key, record.name, why, first))
    return found


@dataclass(frozen=True)
class _Record:
    name: str
    version: int


def _records(session: Session, keys: Sequence[int | None]) -> Mapping[int | None, _Record]:
    wanted = sa.select(Institution.id, Institution.name, Institution.version)
    found = session.execute(wanted.where(Institution.id.in_(keys)))
    return {row.id: _Record(row.name, row.version) for row in found}


def _later_events(session: Session, since: Mapping[int | None, int]) -> Mapping[int, list[int]]:
    """The events of the institutions' venues and papers after those ones."""
    found: dict[int, list[int]] = defaultdict(list)
    for model in (Venue, Licence):
        events = (
            sa.select(model.institution_id, Event.id)
            .join(
                Event,
                sa.and_(Event.subject_kind == model.__tablename__, Event.subject_id == model.id),
            )
            .where(model.institution_id.in_(list(since)), Event.id > min(since.values()))
        )
        for key, event in session.execute(events):
            if event > since[key]:
                found[key].append(event)
    return found


def _named(session: Session, keys: Sequence[int]) -> set[int]:
    """Those of the institutions that a record of any area, or a file, names."""
    found: set[int] = set()
    for model, attribute in referring():
        column: Any = getattr(model, attribute)
        if model not in OF_THE_MACHINE:
            found.update(session.scalars(sa.select(column).distinct().where(column.in_(keys))))
    about = sa.select(Attachment.subject_id).where(
        Attachment.subject_kind == Institution.__tablename__, Attachment.subject_id.in_(keys)
    )
    return found | set(session.scalars(about))


def _code_before(row: ImportRow) -> str | None:
    """The credit code that taking the row back would give to its institution again."""
    for table, _, old in row.undo.get("before", ()):
        if table == Institution.__tablename__:
            code: str | None = old.get("uscc")
            return code
    return None


def _taken_codes(session: Session, batch: ImportBatch, rows: Sequence[ImportRow]) -> set[str]:
    """Those of the old codes that somebody holds who did not come with this very list."""
    codes = [code for row in rows if (code := _code_before(row))]
    # Asked of each holder: there are few, and the list may have come with hundreds of thousands.
    came_with_it = sa.exists().where(
        ImportRow.institution_id == Institution.id,
        ImportRow.batch_id == batch.id,
        ImportRow.outcome == RowOutcome.NEW,
        ImportRow.written,
    )
    holders = sa.select(Institution.uscc).where(
        Institution.authority_id == batch.authority_id,
        Institution.uscc.in_(codes),
        Institution.state != InstitutionState.CLOSED,
        ~came_with_it,
    )
    return {code for code in session.scalars(holders) if code} if codes else set()

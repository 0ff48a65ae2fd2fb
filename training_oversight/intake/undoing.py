"""Taking a list back: what it put on the register comes off, what it changed is as before.

In parts, as it was written. The new institutions come first, so that a credit code is free
again before an old value needs it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from training_oversight import audit, database, workflow
from training_oversight.accounts.models import Division, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.audit.bulk import Entry, record_many
from training_oversight.audit.differences import difference, snapshot
from training_oversight.database import Base
from training_oversight.intake import contents, part_queries, writing
from training_oversight.intake.confirming import RowsDone
from training_oversight.intake.models import ImportBatch
from training_oversight.intake.touched_queries import touched
from training_oversight.intake.workflow import (
    BEGUN,
    IMPORT_WORKFLOW,
    ImportState,
    ImportVerb,
    RowOutcome,
    check_state,
)
from training_oversight.names import naming
from training_oversight.registry.models import (
    ClosingKind,
    Institution,
    Licence,
    LicenceWarning,
    Venue,
)
from training_oversight.registry.service import refresh_search
from training_oversight.registry.workflow import InstitutionCorrection
from training_oversight.texts import Text
from training_oversight.workflow import authorise, stepped

V, EVENTS = ImportVerb, IMPORT_WORKFLOW.events
PUT_BACK = EventType.declare("import.values_put_back", Text("Values of before a list put back"))
REMOVED = EventType.declare("import.part_removed", Text("Removed with its list"))
AT_ONCE = 500


def check(session: Session, batch: ImportBatch, *, version: int | None = None) -> None:
    """Raises ``WrongState`` when there is nothing of the list on the register, or ``Gone``."""
    database.locked(session, batch)
    contents.check_there(batch)
    check_state(batch, V.TAKE_BACK)
    database.seen(batch, version)


def begin(session: Session, batch: ImportBatch, *, by: Officer, version: int | None = None) -> None:
    """Decide that a list is taken back, also one that was not written to its end."""
    authorise(by, batch, Permission.IMPORT_REGISTRY)
    check(session, batch, version=version)
    moved = stepped(batch, V.TAKE_BACK, by=by)
    batch.undone_by_id = by.id
    audit.record(session, batch, EVENTS[V.TAKE_BACK], by=by, states=moved)


def go_on(session: Session, batch: ImportBatch) -> bool:
    """Whether a list that was cut off is being taken back, not written.

    Raises ``WrongState`` when nothing of it is left to do.
    """
    database.locked(session, batch)
    contents.check_there(batch)
    if batch.state not in BEGUN:
        check_state(batch, V.CONFIRM)
    return batch.state is ImportState.UNDOING


def undo_some(session: Session, batch: ImportBatch, *, by: Officer, today: date) -> RowsDone | None:
    """Take the next rows back; nothing when the list is finished.

    What somebody has touched since taking back began is left as it is, and counted.
    """
    authorise(by, batch, Permission.IMPORT_REGISTRY)
    database.locked(session, batch)
    contents.check_there(batch)
    check_state(batch, V.UNDONE)
    rows = part_queries.next_to_undo(session, batch.id, at_most=AT_ONCE)
    if not rows:
        _finish(session, batch, by=by)
        return None
    keys = [row.institution_id for row in rows if row.institution_id is not None]
    at_hand = {one.id: one for one in part_queries.locked_records(session, keys)}
    left = {one.institution_id for one in touched(session, batch, rows)}
    back = [row for row in rows if row.institution_id not in left]
    entries: list[Entry] = []
    since, versions = (
        writing.latest_event(session),
        {key: one.version for key, one in at_hand.items()},
    )
    with session.no_autoflush:
        for row in back:
            institution = at_hand[row.institution_id or 0]
            if row.outcome is RowOutcome.NEW:
                entries.append(_take_off(institution, by=by, today=today))
            else:
                entries += _put_back(session, institution, row.undo)
    session.flush()
    record_many(session, entries, by=by)
    latest = writing.latest_event(session)
    for row in rows:
        key = row.institution_id or 0
        row.written, row.left_version = key in left, None if key in left else 0
        if key not in left and "acts" in row.undo:
            act = [versions[key], at_hand[key].version, since, latest]
            row.undo = {**row.undo, "acts": [*row.undo["acts"], act]}
    session.flush()
    return RowsDone(len(rows), rows[-1].number)


def _take_off(institution: Institution, *, by: Officer, today: date) -> Entry:
    """It was entered in error: closed, counted nowhere, its history kept."""
    before = snapshot(institution)
    states = workflow.corrected(institution, InstitutionCorrection.TAKE_OFF, by=by)
    institution.closed_on = today
    institution.closing_kind, institution.withdrawn = ClosingKind.ENTERED_IN_ERROR, True
    changes = difference(before, snapshot(institution))
    changes.pop("state")
    kind = institution.workflow.events[InstitutionCorrection.TAKE_OFF]
    return Entry(institution, kind, changes, states=states)


def _put_back(session: Session, institution: Institution, undo: Mapping[str, Any]) -> list[Entry]:
    entries = [_removed(session, institution, *about) for about in undo.get("made", ())]
    values = {(table, key): old for table, key, old in undo.get("before", ())}
    own = values.pop((Institution.__tablename__, institution.id), {})
    for (table, key), old in values.items():
        part = _part(institution, table, key)
        entries.append(Entry(part, PUT_BACK, _set(part, old)))
    changes = _set(institution, own)
    if "name" in own:
        institution.sort_key = naming.sort_key(institution.name)
    if "division_id" in own:
        institution.division_path = session.get_one(Division, institution.division_id).path
    refresh_search(institution)
    # Also where only a paper changed: forms that others hold must be stale.
    flag_modified(institution, "note")
    return [*entries, Entry(institution, PUT_BACK, changes)]


def _part(institution: Institution, table: str, key: int) -> Venue | Licence:
    parts: Sequence[Venue | Licence] = (
        institution.venues if table == Venue.__tablename__ else institution.licences
    )
    return next(one for one in parts if one.id == key)


def _removed(session: Session, institution: Institution, table: str, key: int) -> Entry:
    """A venue or paper that only the list knew; its history says what it was."""
    part = _part(institution, table, key)
    was = {name: [value, None] for name, value in snapshot(part).items() if value is not None}
    if isinstance(part, Licence):
        institution.licences.remove(part)
        session.execute(sa.delete(LicenceWarning).where(LicenceWarning.licence_id == key))
    else:
        institution.venues.remove(part)
    session.delete(part)
    return Entry(part, REMOVED, was)


def _set(record: Base, old: Mapping[str, object]) -> dict[str, object]:
    """Give the record values of before, as they were kept; what that changes."""
    before = snapshot(record)
    columns = sa.inspect(type(record)).columns
    for name, value in old.items():
        setattr(record, name, _typed(columns[name].type, value))
    return difference(before, snapshot(record))


def _typed(kind: Any, value: Any) -> Any:
    """A value as a column holds it, from the way JSON kept it."""
    if value is None:
        return None
    if isinstance(kind, sa.Enum) and kind.enum_class is not None:
        return kind.enum_class(value)
    return date.fromisoformat(value) if isinstance(kind, sa.Date) else value


def _finish(session: Session, batch: ImportBatch, *, by: Officer) -> None:
    counts: dict[str, Any] = part_queries.taken_back(session, batch.id)
    moved = stepped(batch, V.UNDONE, by=by)
    batch.undone_at = database.instant(session)
    audit.record(session, batch, EVENTS[V.UNDONE], by=by, states=moved, **counts)

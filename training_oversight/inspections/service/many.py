"""Many visits at once: planned, put on another day, handed to another team.

However many they are, it takes a handful of statements.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from training_oversight import bulk, database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType, differences
from training_oversight.audit.bulk import Entry, Inserted, record_many
from training_oversight.errors import BadInput, WrongState
from training_oversight.inspections.models import Visit, VisitOfficer
from training_oversight.inspections.service.drafts import VisitDraft
from training_oversight.inspections.service.visits import PLANNED, check_officers, told
from training_oversight.inspections.workflow import VisitState
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.workflow import authorise

REPLANNED = EventType.declare("visit.replanned", Text("Visit planned anew"), ["officers"])
AT_ONCE = 500


@dataclass(frozen=True)
class Replanned:
    """When a planned visit shall be now, and who goes; what is empty stays as it is."""

    happened_at: datetime | None = None
    officers: Sequence[Officer] = ()


def plan_many(session: Session, drafts: Sequence[VisitDraft], *, by: Officer) -> Sequence[int]:
    """Put visits to known institutions on the list; returns their keys in the order given."""
    for draft in drafts:
        check_officers(draft)
        authorise(by, _place(draft), Permission.LOG_VISIT)
    rows = bulk.insert_new(session, Visit, [_row(session, draft, by) for draft in drafts])
    keys = [int(str(row["id"])) for row in rows]
    teams = [
        {"visit_id": key, "officer_id": one.id, "certificate_number": one.certificate_number}
        for key, draft in zip(keys, drafts, strict=True)
        for one in draft.officers
    ]
    bulk.insert(session, VisitOfficer, teams)
    entries = [
        Entry(
            Inserted(Visit, key),
            PLANNED,
            differences.beginnings(Visit, row),
            first=True,
            facts={
                "officers": [one.name for one in draft.officers],
                "happened_at": draft.happened_at,
            },
        )
        for key, row, draft in zip(keys, rows, drafts, strict=True)
    ]
    record_many(session, entries, by=by)
    return keys


def _place(draft: VisitDraft) -> Institution:
    assert isinstance(draft.place, Institution), "an unknown place is planned by itself"
    return draft.place


def _row(session: Session, draft: VisitDraft, by: Officer) -> Mapping[str, object]:
    place = _place(draft)
    return {
        **told(draft),
        "authority_id": place.authority_id,
        "division_path": place.division_path,
        "institution_id": place.id,
        "entered_at": database.instant(session),
        "entered_by_id": by.id,
        "state": VisitState.PLANNED,
        "checklist_id": draft.checklist.id if draft.checklist else None,
    }


def replan(session: Session, changes: Mapping[int, Replanned], *, reason: str, by: Officer) -> int:
    """Put planned visits, by their keys, on other days or into other hands; how many changed.

    Raises ``WrongState`` if one of them has begun meanwhile.
    """
    if not reason.strip():
        sentence = Text("Say why the visits are planned anew.")
        raise BadInput(sentence, {"reason": sentence})
    moved = [(one, changes[one.id]) for one in _locked(session, sorted(changes))]
    entries, values = [], []
    teams = _teams(session, [one.id for one, _ in moved])
    for visit, change in moved:
        authorise(by, visit, Permission.LOG_VISIT)
        _refuse_begun(visit)
        when = change.happened_at or visit.happened_at
        others = change.officers and {one.id for one in change.officers} != teams.get(visit.id)
        if when == visit.happened_at and not others:
            continue
        told_anew: dict[str, object] = {}
        if others:
            check_officers(_asked(visit, change, when), known=teams.get(visit.id, set()))
            told_anew = {"officers": [one.name for one in change.officers]}
        pairs = differences.difference(
            {"happened_at": differences.plain(visit.happened_at)},
            {"happened_at": differences.plain(when)},
        )
        entries.append(Entry(visit, REPLANNED, pairs, note=reason.strip(), facts=told_anew))
        values.append((visit, when, change.officers if others else ()))
    record_many(session, entries, by=by)
    _write(session, values)
    return len(values)


def _asked(visit: Visit, change: Replanned, when: datetime) -> VisitDraft:
    return VisitDraft(
        place=visit.institution, kind=visit.kind, happened_at=when, officers=change.officers
    )


def _refuse_begun(visit: Visit) -> None:
    if visit.state is not VisitState.PLANNED:
        raise WrongState(
            Text(
                "The visit to %(name)s is “%(state)s” already: nothing was planned anew.",
                name=visit.institution.name,
                state=visit.state,
            )
        )


def _locked(session: Session, keys: Sequence[int]) -> list[Visit]:
    found: list[Visit] = []
    for start in range(0, len(keys), AT_ONCE):
        found += session.scalars(
            sa.select(Visit)
            .where(Visit.id.in_(keys[start : start + AT_ONCE]))
            .order_by(Visit.id)
            .options(selectinload(Visit.institution))
            .with_for_update(of=Visit)
            .execution_options(populate_existing=True)
        ).all()
    return found


def _teams(session: Session, keys: Sequence[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for start in range(0, len(keys), AT_ONCE):
        rows = session.execute(
            sa.select(VisitOfficer.visit_id, VisitOfficer.officer_id).where(
                VisitOfficer.visit_id.in_(keys[start : start + AT_ONCE])
            )
        )
        for visit_id, officer_id in rows:
            found.setdefault(visit_id, set()).add(officer_id)
    return found


def _write(session: Session, values: Sequence[tuple[Visit, datetime, Sequence[Officer]]]) -> None:
    bulk.change(
        session,
        Visit,
        [
            {"id": visit.id, "happened_at": when, "version": visit.version + 1}
            for visit, when, _team in values
        ],
    )
    handed = [(visit.id, team) for visit, _when, team in values if team]
    for start in range(0, len(handed), AT_ONCE):
        keys = [key for key, _team in handed[start : start + AT_ONCE]]
        session.execute(
            sa.delete(VisitOfficer)
            .where(VisitOfficer.visit_id.in_(keys))
            .execution_options(synchronize_session=False)
        )
    bulk.insert(
        session,
        VisitOfficer,
        [
            {"visit_id": key, "officer_id": one.id, "certificate_number": one.certificate_number}
            for key, team in handed
            for one in team
        ],
    )
    for visit, _when, _team in values:
        session.expire(visit)

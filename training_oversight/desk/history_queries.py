"""History across all records, of what an officer may see."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapper, Session

from training_oversight.accounts.models import Officer, Scope
from training_oversight.audit import Event
from training_oversight.database import Base
from training_oversight.enforcement.models import JointCase
from training_oversight.ledger.models import RectificationItem
from training_oversight.registry.models import Institution
from training_oversight.registry.waiting_lines import numbered

# A record by the name of its table and its key.
Subject = tuple[str, object]
# What of a record is its name.
SAYING = ("number", "title", "name")
NUMBERS: Mapping[type[Base], sa.ColumnElement[str]] = {
    RectificationItem: numbered(RectificationItem, width=4),
    JointCase: sa.literal("LH-") + numbered(JointCase, width=2),
}


def events(
    scope: Scope, *, day: date | None, actor_id: int | None, kinds: Sequence[str]
) -> sa.Select[Any]:
    """The events of a scope: of records that lie in it, and of what its own officers did."""
    found = sa.select(Event).where(_visible(scope))
    if day is not None:
        found = found.where(Event.on_day == day)
    if actor_id is not None:
        found = found.where(Event.actor_id == actor_id)
    if kinds:
        found = found.where(Event.subject_kind.in_(kinds))
    return found


def names(session: Session, scope: Scope, events: Sequence[Event]) -> Mapping[Subject, str]:
    """Each record by its number or title, and its institution: one statement for a kind."""
    asked: dict[str, set[int]] = {}
    for event in events:
        asked.setdefault(event.subject_kind, set()).add(event.subject_id)
    mappers = {mapper.local_table.description: mapper for mapper in Base.registry.mappers}
    return {
        (kind, key): " ".join(str(word) for word in words if word)
        for kind, keys in asked.items()
        if kind in mappers
        for key, *words in session.execute(_named(mappers[kind], scope, keys))
    }


def _named(
    mapper: Mapper[Base], scope: Scope, keys: Collection[int]
) -> sa.Select[*tuple[object, ...]]:
    columns = mapper.columns
    own = [columns[name] for name in SAYING if name in columns]
    # Of items and cases the number is made of two columns.
    made = [NUMBERS[mapper.class_]] if mapper.class_ in NUMBERS else []
    found = sa.select(columns["id"], *made, *own).where(columns["id"].in_(keys))
    if "division_path" in columns:
        found = found.where(scope.clause(columns["division_path"]))
    if "institution_id" in columns:
        return _with_institution(found, columns["institution_id"])
    if "case_id" in columns:
        found = found.outerjoin(JointCase, JointCase.id == columns["case_id"])
        number = NUMBERS[JointCase]
        return _with_institution(found.add_columns(number), JointCase.institution_id)
    return found


def _with_institution(
    found: sa.Select[*tuple[object, ...]], key: sa.SQLColumnExpression[int]
) -> sa.Select[*tuple[object, ...]]:
    return found.add_columns(Institution.name).outerjoin(Institution, Institution.id == key)


def _visible(scope: Scope) -> sa.ColumnElement[bool]:
    ours = sa.select(Officer.id).where(scope.clause(Officer.division_path))
    return sa.or_(Event.actor_id.in_(ours), *_of_records(scope))


def _of_records(scope: Scope) -> Iterator[sa.ColumnElement[bool]]:
    """Events of records in the scope. An event has no county, and that of a job no officer of one;
    the record that it happened to has."""
    for mapper in Base.registry.mappers:
        model: Any = mapper.class_
        if hasattr(model, "division_path"):
            lies_here = sa.exists().where(
                model.id == Event.subject_id, scope.clause(model.division_path)
            )
            yield sa.and_(Event.subject_kind == model.__tablename__, lies_here)

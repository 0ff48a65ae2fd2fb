"""History across all records, of what an officer may see."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer, Scope
from training_oversight.audit import Event
from training_oversight.database import Base
from training_oversight.enforcement.models import JointCase
from training_oversight.registry.models import Institution

# A record by the name of its table and its key.
Subject = tuple[str, int]
# What of a record is its name, and where its institution stands.
SAYING = ("number", "title", "name")
ABOVE = ("institution_id", "case_id")


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
    models = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    return {
        (kind, key): " ".join(str(word) for word in words if word)
        for kind, keys in asked.items()
        if kind in models
        for key, *words in session.execute(_named(models[kind], scope, keys))
    }


def _named(model: Any, scope: Scope, keys: Collection[int]) -> sa.Select[Any]:
    columns = sa.inspect(model).columns
    own = [columns[name] for name in SAYING if name in columns]
    found = sa.select(model.id, *own).where(model.id.in_(keys))
    if hasattr(model, "division_path"):
        found = found.where(scope.clause(model.division_path))
    above = next((one for one in ABOVE if one in columns), None)
    if above is None:
        return found
    if above == "case_id":
        found = found.outerjoin(JointCase, JointCase.id == model.case_id)
        return found.add_columns(Institution.name).outerjoin(
            Institution, Institution.id == JointCase.institution_id
        )
    return found.add_columns(Institution.name).outerjoin(
        Institution, Institution.id == model.institution_id
    )


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

"""History across all records, of what an officer may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from training_oversight.accounts.models import Officer, Scope
from training_oversight.audit import Event
from training_oversight.database import Base


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

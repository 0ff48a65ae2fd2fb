"""Records that are not as their history left them: somebody wrote past it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.audit.differences import PROTECTED, audited, plain, protected
from training_oversight.audit.models import Event
from training_oversight.audit.rows import EventRow
from training_oversight.database import Base

AT_ONCE = 500
STATE = "state"


@dataclass
class Left:
    """What the history of one record left: its state and the last value of each column."""

    values: dict[str, Any] = field(default_factory=dict)
    # The first event names every column that is never empty: then a column that no event names
    # must be empty.
    whole: bool = False

    def take(self, model: type[Base], content: Mapping[str, object]) -> None:
        changes = content["changes"]
        if not isinstance(changes, dict):
            return
        pairs = {name: pair for name, pair in changes.items() if _is_pair(pair)}
        if content["sequence"] == 1:
            self.whole = needed(model) <= pairs.keys()
        self.values |= {name: now for name, (_before, now) in pairs.items()}
        if content["to_state"] is not None:
            self.values[STATE] = content["to_state"]


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == len(PROTECTED)


@dataclass
class HistoryComparison:
    """Compares records with their history while the events come by, chain after chain."""

    session: Session
    found: list[str] = field(default_factory=list)
    waiting: dict[str, dict[int, Left]] = field(default_factory=lambda: defaultdict(dict))

    def take(self, row: EventRow) -> None:
        if row.content is None or row.kind not in models():
            return
        left = self.waiting[row.kind].setdefault(row.content["subject_id"], Left())
        left.take(models()[row.kind], row.content)

    def record_ended(self) -> None:
        """The next event is of another record."""
        for kind, waiting in self.waiting.items():
            if len(waiting) >= AT_ONCE:
                self._compare(kind)

    def result(self) -> list[str]:
        for kind in list(self.waiting):
            self._compare(kind)
        for model in models().values():
            if hasattr(model, "workflow"):
                self.found += _without_history(self.session, model)
        return self.found

    def _compare(self, kind: str) -> None:
        model, waiting = models()[kind], self.waiting[kind]
        rows = _rows(self.session, model, list(waiting))
        for key, left in waiting.items():
            if key not in rows:
                if not _may_be_removed(model):
                    self.found.append(f"{kind}/{key}: gone")
            else:
                differing = sorted(_differing(model, rows[key], left))
                self.found += [f"{kind}/{key}: {name}" for name in differing]
        waiting.clear()


@cache
def models() -> Mapping[str, type[Base]]:
    """Every table that has one key, by its name."""
    found = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    return {name: one for name, one in found.items() if hasattr(one, "id")}


@cache
def needed(model: type[Base]) -> frozenset[str]:
    """The columns that are never empty: a record's first event has them all where it has what
    the record was made of."""
    columns = sa.inspect(model).columns
    return frozenset(name for name in audited(model) if not columns[name].nullable)


@cache
def _recorded(model: type[Base]) -> tuple[str, ...]:
    """The columns whose values the history tells."""
    columns, hidden = sa.inspect(model).columns, protected(model)
    names = (name for name in audited(model) if name not in hidden)
    return tuple(name for name in names if not columns[name].info.get("unrecorded"))


def _may_be_removed(model: type[Base]) -> bool:
    """Tables whose rows can be removed never give a key twice (``NEVER_REUSED``)."""
    table: Any = model.__table__
    return bool(table.dialect_options["sqlite"]["autoincrement"])


def _rows(session: Session, model: Any, keys: Sequence[int]) -> dict[int, Mapping[str, object]]:
    """The columns that are compared; what is sealed stays so."""
    names = _recorded(model)
    columns = [getattr(model, name) for name in names]
    found = session.execute(sa.select(model.id, *columns).where(model.id.in_(keys)))
    return {key: dict(zip(names, values, strict=True)) for key, *values in found}


def _differing(model: type[Base], row: Mapping[str, object], left: Left) -> Iterator[str]:
    """The columns that hold something else than the history says last."""
    for name in _recorded(model):
        told = name in left.values or left.whole
        if told and not _same(row[name], left.values.get(name)):
            yield name


def _same(value: object, said: object) -> bool:
    now = json.loads(json.dumps(plain(value)))
    if now == said:
        return True
    if isinstance(value, datetime) and isinstance(said, str):
        # One instant can be written in several zones.
        try:
            return datetime.fromisoformat(said) == value
        except (ValueError, TypeError):
            return False
    return False


def _without_history(session: Session, model: Any) -> Iterator[str]:
    kind = model.__tablename__
    told = sa.exists().where(Event.subject_kind == kind, Event.subject_id == model.id)
    for key in session.scalars(sa.select(model.id).where(~told).order_by(model.id)):
        yield f"{kind}/{key}: no history"

"""Who is a party to a record: whoever worked on it, and for whom, as its history tells.

A column says who drafted; it does not say who rewrote, added, cut or submitted. Nor does it
say who held the case until yesterday. The history does, and nobody can change it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import object_session

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit.models import ACTED_FOR, Event

if TYPE_CHECKING:
    from training_oversight.workflow.moves import HasState


@dataclass(frozen=True)
class Asked:
    """What somebody wants to know of a past: who did these verbs, who stood in these columns."""

    verbs: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.verbs or self.columns)


def together(*asked: Asked) -> Asked:
    return Asked(
        frozenset[str]().union(*(one.verbs for one in asked)),
        frozenset[str]().union(*(one.columns for one in asked)),
    )


@dataclass(frozen=True)
class Past:
    """Who did what to one record, and who stood in which of its columns before."""

    did: dict[str, set[int]] = field(default_factory=dict)
    stood: dict[str, set[int]] = field(default_factory=dict)

    def doers(self, verbs: Iterable[str]) -> frozenset[int]:
        return frozenset[int]().union(*(self.did.get(verb, ()) for verb in verbs))

    def holders(self, column: str) -> frozenset[int]:
        return frozenset(self.stood.get(column, ()))


def acted_for(by: Officer, permission: Permission) -> dict[str, Any]:
    """The fact for the history that somebody else's rights were used; nothing with one's own."""
    lender = by.acts_for(permission)
    return {} if lender is None else {ACTED_FOR: {"id": lender.id, "name": lender.name}}


def past_of(subject: HasState, *asked: Asked) -> Past:
    """What the history of one record says: one query, none if nothing is asked."""
    return past_of_all([subject], together(*asked)).get(subject.id, Past())


def past_of_all(subjects: Sequence[HasState], asked: Asked) -> dict[int, Past]:
    """The same for many records of one kind, in one query."""
    session = object_session(subjects[0]) if subjects and asked else None
    if session is None:
        return {}
    about = sa.and_(
        Event.subject_kind == subjects[0].__tablename__,
        Event.subject_id.in_([one.id for one in subjects]),
    )
    rows = session.execute(
        sa.select(Event.subject_id, Event.verb, Event.actor_id, Event.facts, Event.changes).where(
            about, sa.or_(Event.verb.in_(asked.verbs), *map(_left, sorted(asked.columns)))
        )
    )
    found = {one.id: Past() for one in subjects}
    for key, verb, actor_id, facts, changes in rows:
        _note(found[key], verb, {actor_id, facts.get(ACTED_FOR, {}).get("id")} - {None}, changes)
    return found


def _note(past: Past, verb: str, people: set[int], changes: Mapping[str, Any]) -> None:
    past.did.setdefault(verb, set()).update(people)
    for column, pair in changes.items():
        if isinstance(pair[0], int):
            past.stood.setdefault(column, set()).add(pair[0])


def took_part(
    asked: Asked, model: type[HasState], people: Sequence[object]
) -> sa.ColumnElement[bool]:
    """The same for a query: whether one of these people did, or stood in, what is asked."""
    did = sa.and_(
        Event.verb.in_(sorted(asked.verbs)),
        sa.or_(
            Event.actor_id.in_(people),
            Event.facts[(ACTED_FOR, "id")].as_integer().in_(people),
        ),
    )
    stood = [_before(column).in_(people) for column in sorted(asked.columns)]
    parts = [*([did] if asked.verbs else []), *stood]
    return (
        sa.select(sa.literal(1))
        .where(
            Event.subject_kind == model.__tablename__,
            Event.subject_id == model.id,
            sa.or_(*parts),
        )
        .correlate(model)
        .exists()
    )


def _left(column: str) -> sa.ColumnElement[bool]:
    """Whether somebody's time in that column ended with the event."""
    return _before(column).is_not(None)


def _before(column: str) -> sa.ColumnElement[int]:
    held: sa.ColumnElement[int] = Event.changes[(column, 0)].as_integer()
    return held

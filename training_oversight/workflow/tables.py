"""States and the moves between them, as tables.

Buttons, permissions, lists, tests and the diagrams in the handbook read the same tables.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, NoReturn, Protocol

import sqlalchemy as sa

from training_oversight.accounts.asking import Asking
from training_oversight.accounts.authorising import in_scope, roles_with
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.audit.models import ACTED_FOR
from training_oversight.errors import Blocked, NotPermitted, WrongState
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import parties
from training_oversight.workflow.parties import Past


class Within(StrEnum):
    """Whose record it must be, beside holding the permission."""

    DIVISION = "division"
    DEPARTMENT = "department"


class HasState(Protocol):
    """A record with a state. DEPARTMENT moves also need ``department_id``."""

    __tablename__: Any
    id: Any
    state: Any
    version: Any
    division_path: Any
    workflow: ClassVar[Workflow]


Blockers = Callable[[Any], Sequence[Text]]


def nothing_missing(_subject: Any) -> Sequence[Text]:
    return ()


@dataclass(frozen=True)
class Move:
    """One verb of the procedure.

    Who is a party may not do it, each with the sentence that says why: who stands in a column
    of ``not_by``, who stands or ever stood in one of ``not_ever_by``, who did one of the verbs
    of ``not_after``; and whoever acts for one of them. ``blockers`` gives reasons why it is not
    yet possible. ``facts`` are what the event of this move may carry beside the changed columns.
    """

    verb: LabelledEnum
    sources: frozenset[LabelledEnum]
    target: LabelledEnum
    permission: Permission
    within: Within = Within.DIVISION
    not_by: tuple[tuple[str, Text], ...] = ()
    not_ever_by: tuple[tuple[str, Text], ...] = ()
    not_after: tuple[tuple[frozenset[str], Text], ...] = ()
    blockers: Blockers = nothing_missing
    facts: frozenset[str] = frozenset()
    # Irreversible or outward: drawn with a red border, on a page of its own.
    grave: bool = False

    @property
    def label(self) -> Text:
        return self.verb.label

    def obstacles(self, by: Officer, subject: HasState, past: Past) -> list[Text]:
        """Why this officer cannot do it to this record now; empty if they can."""
        return [*self.conflicts(by, subject, past), *self.blockers(subject)]

    def conflicts(self, by: Officer, subject: HasState, past: Past) -> list[Text]:
        """Why this officer is a party to it, or acts for one; empty if neither."""
        own = self._parts_of(by.id, subject, past)
        if own:
            return own
        lender = by.acts_for(self.permission)
        if lender is None or not self._parts_of(lender.id, subject, past):
            return []
        return [
            Text(
                "%(name)s, whose rights were lent to you, is a party to this; it takes somebody "
                "with rights of their own.",
                name=lender.name,
            )
        ]

    def _parts_of(self, officer_id: int, subject: HasState, past: Past) -> list[Text]:
        standing = [*self.not_by, *self.not_ever_by]
        return [
            *(why for column, why in standing if getattr(subject, column) == officer_id),
            *(why for column, why in self.not_ever_by if officer_id in past.holders(column)),
            *(why for verbs, why in self.not_after if officer_id in past.doers(verbs)),
        ][:1]

    def bars(self, subject: HasState, past: Past) -> frozenset[int]:
        """Everybody who is a party to it."""
        standing = {getattr(subject, column) for column, _ in (*self.not_by, *self.not_ever_by)}
        earlier = (past.holders(column) for column, _why in self.not_ever_by)
        worked = (past.doers(verbs) for verbs, _why in self.not_after)
        return frozenset(standing - {None}).union(*earlier, *worked)

    @property
    def past(self) -> parties.Asked:
        """What of the history it hangs on who may do it."""
        verbs = frozenset[str]().union(*(verbs for verbs, _why in self.not_after))
        return parties.Asked(verbs, frozenset(column for column, _why in self.not_ever_by))

    def clause(self, by: Asking, model: type[Any]) -> sa.ColumnElement[bool]:
        """The records that this officer may do it to, if they hold the permission.

        For a query what ``allowed_to`` and ``conflicts`` say of one record; what blocks a move
        is said on the record's own page.
        """
        doers = by.doers(self.permission)
        standing = [getattr(model, column) for column, _ in (*self.not_by, *self.not_ever_by)]
        found = [
            model.state.in_(self.sources),
            *(sa.or_(column.is_(None), column.not_in(doers)) for column in standing),
        ]
        if self.within is Within.DEPARTMENT:
            found.append(model.department_id == by.department_id)
        if self.past:
            found.append(~parties.took_part(self.past, model, doers))
        return sa.and_(*found)

    def allowed_to(self, by: Officer, subject: HasState) -> bool:
        if not by.may(self.permission) or not by.scope.covers(subject.division_path):
            return False
        if self.within is Within.DEPARTMENT:
            return bool(by.department_id == subject.department_id)  # type: ignore[attr-defined]
        return True


@dataclass(frozen=True)
class Correction:
    """A change of state that is no step of the procedure: the record itself was wrong.

    It has no button and no place in the diagram. Permission, scope and history are the same.
    Without a ``target`` the record gets back the state that it had.
    """

    verb: LabelledEnum
    target: LabelledEnum | None
    permission: Permission
    facts: frozenset[str] = frozenset()

    @property
    def label(self) -> Text:
        return self.verb.label


@dataclass(frozen=True)
class Locked:
    """A move that exists but is not possible yet, and why."""

    move: Move
    reasons: tuple[Text, ...]


@dataclass(frozen=True)
class Offer:
    """What an officer can do with a record now, and what not yet."""

    open: tuple[Move, ...]
    locked: tuple[Locked, ...]


@dataclass
class Workflow:
    """The moves of one kind of record, its first state and the states that are ends."""

    moves: tuple[Move, ...]
    states: type[LabelledEnum]
    initial: LabelledEnum
    ends: frozenset[LabelledEnum]
    corrections: tuple[Correction, ...] = ()
    events: dict[str, EventType] = field(init=False)

    def __post_init__(self) -> None:
        every: list[Move | Correction] = [*self.moves, *self.corrections]
        self.events = {
            one.verb: EventType.declare(one.verb, one.label, one.facts | {ACTED_FOR}, self.states)
            for one in every
        }

    def move(self, verb: StrEnum, state: StrEnum) -> Move | None:
        return next((m for m in self.moves if m.verb == verb and state in m.sources), None)

    def offer(self, by: Officer, subject: HasState) -> Offer:
        """The buttons of a record. What is not permitted does not appear.

        At most one query is made, and only where a move that this officer could do hangs on
        who has worked on the record.
        """
        here = [m for m in self.moves if subject.state in m.sources and m.allowed_to(by, subject)]
        past = parties.past_of(subject, *(m.past for m in here))
        obstacles = {m.verb: tuple(m.obstacles(by, subject, past)) for m in here}
        return Offer(
            open=tuple(m for m in here if not obstacles[m.verb]),
            locked=tuple(Locked(m, obstacles[m.verb]) for m in here if obstacles[m.verb]),
        )

    def check(self, by: Officer, subject: HasState, verb: LabelledEnum) -> Move:
        """The move, or the reason why not: 404 foreign, 403 not permitted, 409 not now."""
        in_scope(by, subject)
        step = self.move(verb, subject.state)
        if step is None:
            self._refuse_here(by, subject, verb)
        if not step.allowed_to(by, subject):
            raise NotPermitted(_who_may(step))
        if conflicts := step.conflicts(by, subject, parties.past_of(subject, step.past)):
            raise NotPermitted(conflicts[0])
        if reasons := step.blockers(subject):
            raise Blocked(*reasons)
        return step

    def clause(self, verb: LabelledEnum, by: Asking, model: type[Any]) -> sa.ColumnElement[bool]:
        """The records of a query that ``check`` would let this officer do it to.

        Permission and scope are the caller's to ask: they hang on the officer alone.
        """
        return sa.or_(*(m.clause(by, model) for m in self.moves if m.verb == verb))

    def barred(self, by: Officer, subjects: Sequence[Any], *verbs: LabelledEnum) -> frozenset[int]:
        """The keys of those that this officer may not do it to as a party: for a whole list.

        Of several verbs each record takes the one that its state has. One query, and none
        where nothing that the officer could do hangs on the past.
        """
        found = [(one, self.move(verb, one.state)) for one in subjects for verb in verbs]
        # A list holds what lies in the officer's scope; no more columns are read for this.
        here = [(one, move) for one, move in found if move and by.may(move.permission)]
        told = [one for one, move in here if move.past]
        past = parties.past_of_all(told, parties.together(*(move.past for _one, move in here)))
        nothing = Past()
        return frozenset(
            one.id for one, move in here if move.conflicts(by, one, past.get(one.id, nothing))
        )

    def bars(self, verb: LabelledEnum, subject: HasState) -> frozenset[int]:
        """Whom the verb bars as a party, in whatever state the record is: to choose another."""
        moves = [move for move in self.moves if move.verb == verb]
        past = parties.past_of(subject, *(move.past for move in moves))
        return frozenset[int]().union(*(move.bars(subject, past) for move in moves))

    def correction(self, by: Officer, subject: HasState, verb: LabelledEnum) -> Correction:
        """The correction, or the reason why not: 404 foreign, 403 not permitted."""
        in_scope(by, subject)
        found = next(one for one in self.corrections if one.verb == verb)
        if not by.may(found.permission):
            raise NotPermitted(_who_may(found))
        return found

    def _refuse_here(self, by: Officer, subject: HasState, verb: LabelledEnum) -> NoReturn:
        """No such move from this state: whose it would be elsewhere is said first."""
        elsewhere = [m for m in self.moves if m.verb == verb]
        if not any(m.allowed_to(by, subject) for m in elsewhere):
            raise NotPermitted(_who_may(elsewhere[0]))
        raise WrongState(
            Text(
                "“%(verb)s” is not possible: the record is “%(state)s” now.",
                verb=verb.label,
                state=subject.state.label,
            )
        )


def states(*members: LabelledEnum) -> frozenset[LabelledEnum]:
    return frozenset(members)


def _who_may(move: Move | Correction) -> Text:
    return Text(
        "“%(verb)s” is for another role: %(roles)s.",
        verb=move.label,
        roles=roles_with(move.permission),
    )

"""States and the moves between them, as tables.

Buttons, permissions, lists, tests and the diagrams in the handbook read the same tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NoReturn

import sqlalchemy as sa

from training_oversight.accounts.authorising import in_scope, roles_with
from training_oversight.accounts.models import Officer
from training_oversight.accounts.placeholders import Asking
from training_oversight.audit import EventType
from training_oversight.audit.models import ACTED_FOR
from training_oversight.errors import Blocked, NotPermitted, WrongState
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import parties
from training_oversight.workflow.moves import Correction, HasState, Move
from training_oversight.workflow.parties import Past


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

    def clause(
        self, verb: LabelledEnum, by: Asking, model: type[HasState]
    ) -> sa.ColumnElement[bool]:
        """The records of a query that ``check`` would let this officer do it to.

        Permission and scope are the caller's to ask: they hang on the officer alone.
        """
        return sa.or_(*(m.clause(by, model) for m in self.moves if m.verb == verb))

    def turn(self, verb: LabelledEnum, by: Asking, model: type[HasState]) -> sa.ColumnElement[bool]:
        """Those of ``clause`` that wait for this officer, and not only for anybody."""
        return sa.or_(*(m.turn_clause(by, model) for m in self.moves if m.verb == verb))

    def waiting(
        self, verb: LabelledEnum, by: Officer, model: type[HasState]
    ) -> sa.ColumnElement[bool]:
        """The same with scope and permission: what the officer's desk would show of it."""
        able = [m for m in self.moves if m.verb == verb and by.may(m.permission)]
        turns = sa.or_(sa.false(), *(m.turn_clause(by, model) for m in able))
        return sa.and_(by.scope.clause(model.division_path), turns)

    def turns(
        self, by: Officer, subjects: Sequence[HasState], *verbs: LabelledEnum
    ) -> frozenset[int]:
        """The keys of those whose next step waits for this officer: for a whole list.

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
            one.id
            for one, move in here
            if move.waits_for(by, one) and not move.conflicts(by, one, past.get(one.id, nothing))
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

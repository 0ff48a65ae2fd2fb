"""States and the moves between them, as tables; ``moving()`` is the only way to change a state.

Buttons, permissions, tests and the diagrams in the handbook read the same tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, NoReturn, Protocol

from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import GRANTED, Permission
from training_oversight.audit import EventType
from training_oversight.errors import Blocked, NotFound, NotPermitted, WrongState
from training_oversight.texts import LabelledEnum, Text


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

    ``not_by`` names columns holding officers who are a party and so may not do it, each
    with the sentence that says why. ``blockers`` gives reasons why it is not yet possible.
    ``facts`` are what the event of this move may carry beside the changed columns.
    """

    verb: LabelledEnum
    sources: frozenset[LabelledEnum]
    target: LabelledEnum
    permission: Permission
    within: Within = Within.DIVISION
    not_by: tuple[tuple[str, Text], ...] = ()
    blockers: Blockers = nothing_missing
    facts: frozenset[str] = frozenset()
    # Irreversible or outward: drawn with a red border, on a page of its own.
    grave: bool = False

    @property
    def label(self) -> Text:
        return self.verb.label

    def obstacles(self, by: Officer, subject: HasState) -> list[Text]:
        """Why this officer cannot do it to this record now; empty if they can."""
        parties = [why for column, why in self.not_by if getattr(subject, column) == by.id]
        return [*parties, *self.blockers(subject)]

    def allowed_to(self, by: Officer, subject: HasState) -> bool:
        if not by.may(self.permission) or not by.scope.covers(subject.division_path):
            return False
        if self.within is Within.DEPARTMENT:
            return bool(by.department_id == subject.department_id)  # type: ignore[attr-defined]
        return True


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
    events: dict[str, EventType] = field(init=False)

    def __post_init__(self) -> None:
        self.events = {
            move.verb: EventType.declare(move.verb, move.label, move.facts, self.states)
            for move in {move.verb: move for move in self.moves}.values()
        }

    def move(self, verb: StrEnum, state: StrEnum) -> Move | None:
        return next((m for m in self.moves if m.verb == verb and state in m.sources), None)

    def offer(self, by: Officer, subject: HasState) -> Offer:
        """The buttons of a record: no query is made. What is not permitted does not appear."""
        here = [m for m in self.moves if subject.state in m.sources and m.allowed_to(by, subject)]
        obstacles = {m.verb: tuple(m.obstacles(by, subject)) for m in here}
        return Offer(
            open=tuple(m for m in here if not obstacles[m.verb]),
            locked=tuple(Locked(m, obstacles[m.verb]) for m in here if obstacles[m.verb]),
        )

    def check(self, by: Officer, subject: HasState, verb: LabelledEnum) -> Move:
        """The move, or the reason why not: 404 foreign, 403 not permitted, 409 not now."""
        if not by.scope.covers(subject.division_path):
            raise NotFound
        step = self.move(verb, subject.state)
        if step is None:
            self._refuse_here(by, subject, verb)
        if not step.allowed_to(by, subject):
            raise NotPermitted(_who_may(step))
        parties = [why for column, why in step.not_by if getattr(subject, column) == by.id]
        if parties:
            raise NotPermitted(parties[0])
        if reasons := step.blockers(subject):
            raise Blocked(*reasons)
        return step

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


def _who_may(move: Move) -> Text:
    roles = [role.label for role, held in GRANTED.items() if move.permission in held]
    return Text("“%(verb)s” is for another role: %(roles)s.", verb=move.label, roles=_Listed(roles))


@dataclass(frozen=True)
class _Listed:
    """Labels joined when they are shown. The system's own role is nobody to turn to."""

    labels: Iterable[Text]

    def __str__(self) -> str:
        return " · ".join(str(label) for label in self.labels if label.message != "System")


@contextmanager
def moving(
    session: Session,
    subject: Any,
    verb: LabelledEnum,
    *,
    by: Officer,
    note: str = "",
    version: int | None = None,
    **facts: Any,
) -> Iterator[Move]:
    """Check, authorise, let the caller fill in the facts, change the state, record.

    The subject is read again first and kept from others until the transaction ends.
    ``version`` is what the form carried. Nothing is touched unless the move is allowed,
    and nothing is left out of the history: it is written from what has changed.
    """
    database.locked(session, subject)
    database.seen(subject, version)
    step = subject.workflow.check(by, subject, verb)
    before, source = audit.differences.snapshot(subject), subject.state
    yield step
    subject.state = step.target
    changes = audit.differences.difference(before, audit.differences.snapshot(subject))
    changes.pop("state", None)
    audit.record(
        session,
        subject,
        subject.workflow.events[verb],
        by=by,
        note=note,
        changes=changes,
        states=(source.value, step.target.value),
        **facts,
    )


def move(
    session: Session,
    subject: Any,
    verb: LabelledEnum,
    *,
    by: Officer,
    note: str = "",
    version: int | None = None,
) -> None:
    """A move that only changes the state."""
    with moving(session, subject, verb, by=by, note=note, version=version):
        pass

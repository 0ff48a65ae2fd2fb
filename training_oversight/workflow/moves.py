"""One move of a record: from which states, by whom, whose turn, and what stands in its way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import sqlalchemy as sa

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.placeholders import Asking
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import parties
from training_oversight.workflow.parties import Past

if TYPE_CHECKING:
    from training_oversight.workflow.tables import Workflow


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


def nothing_missing(_subject: object) -> Sequence[Text]:
    return ()


@dataclass(frozen=True)
class Stands:
    """The officer whose key a column holds, read from one record or asked for in a query.

    The column is the record's own or, with ``of``, of the record that this relationship leads to.
    ``or_anybody``: while nobody stands there, or there is no such record, it is the turn of all
    who may.
    """

    column: str
    of: str | None = None
    or_anybody: bool = False

    def who(self, subject: object) -> int | None:
        owner = getattr(subject, self.of) if self.of else subject
        key: int | None = getattr(owner, self.column) if owner is not None else None
        return key

    def names(self, by: Officer, subject: object) -> bool:
        who = self.who(subject)
        return who == by.id or (self.or_anybody and who is None)

    def clause(self, by: Asking, model: type[HasState]) -> sa.ColumnElement[bool]:
        if self.of is None:
            column = getattr(model, self.column)
            own: sa.ColumnElement[bool] = column == by.id
            return sa.or_(own, column.is_(None)) if self.or_anybody else own
        link = sa.inspect(model).relationships[self.of]
        above, [key] = link.mapper.class_, link.local_columns
        column, here = getattr(above, self.column), getattr(model, key.key)
        if not self.or_anybody:
            return here.in_(sa.select(above.id).where(column == by.id))  # type: ignore[no-any-return]
        theirs = sa.select(above.id).where(sa.or_(column == by.id, column.is_(None)))
        return sa.or_(here.is_(None), here.in_(theirs))


@dataclass(frozen=True)
class Move:
    """One verb of the procedure.

    A party to the record may not do it, nor whoever acts for one. Three fields say who is a
    party, each with the sentence that the officer reads: ``not_by`` who stands in the column now,
    ``not_ever_by`` who stands in it or ever did, ``not_after`` who did one of the verbs.
    ``turn`` says for whom of those who may the move waits; if it is empty, for all of them.
    ``blockers`` gives reasons why the move is not possible yet. ``facts`` are what its event may
    carry beside the changed columns.
    """

    verb: LabelledEnum
    sources: frozenset[LabelledEnum]
    target: LabelledEnum
    permission: Permission
    within: Within = Within.DIVISION
    not_by: tuple[tuple[str, Text], ...] = ()
    not_ever_by: tuple[tuple[str, Text], ...] = ()
    not_after: tuple[tuple[frozenset[str], Text], ...] = ()
    turn: tuple[Stands, ...] = ()
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

    def waits_for(self, by: Officer, subject: HasState) -> bool:
        """Whether it is this officer's turn, if they may."""
        named = not self.turn or any(one.names(by, subject) for one in self.turn)
        return named and self._is_theirs(by, subject)

    def turn_clause(self, by: Asking, model: type[HasState]) -> sa.ColumnElement[bool]:
        """The same for a query, with who may."""
        turns = [one.clause(by, model) for one in self.turn]
        return sa.and_(self.clause(by, model), sa.or_(*turns)) if turns else self.clause(by, model)

    def allowed_to(self, by: Officer, subject: HasState) -> bool:
        may = by.may(self.permission) and by.scope.covers(subject.division_path)
        return may and self._is_theirs(by, subject)

    def _is_theirs(self, by: Officer, subject: HasState) -> bool:
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

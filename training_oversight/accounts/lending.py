"""To whom roles may be lent: for the box that offers people, the step, and each day of a loan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer, Scope
from training_oversight.accounts.permissions import (
    CERTIFIED,
    NEVER_LENT,
    Permission,
    Role,
    granted,
)
from training_oversight.declared import Declared
from training_oversight.texts import Text


@dataclass(frozen=True)
class Undecided:
    """A decision that waits, of which an upper area knows who made what is to be decided.

    ``made(session, scope)`` counts for each officer what of their making waits there now, in a
    fixed number of queries.
    """

    verb: str
    permission: Permission
    made: Callable[[Session, Scope], Mapping[int, int]]


# Upper areas declare theirs beside the table of the records.
KNOWN: Declared[Undecided] = Declared(lambda one: one.verb)


def obstacle(giver: Officer, taker: Officer) -> Text | None:
    """Why the giver's roles are not the taker's to hold, whatever the day."""
    if taker.id == giver.id or taker.authority_id != giver.authority_id:
        return Text("Roles can be lent only to a colleague of the same authority.")
    if taker.department_id != giver.department_id and taker.borrowed_from is None:
        return Text("%(name)s works in another department.", name=taker.name)
    if not giver.scope.covers(taker.division_path):
        return Text("%(name)s works in an area that is not yours.", name=taker.name)
    return _not_to_hold(giver, taker)


def _not_to_hold(giver: Officer, taker: Officer) -> Text | None:
    gained = gains(giver, taker)
    if gained and Role.OBSERVER in taker.own_roles:
        return Text("%(name)s supervises and changes nothing.", name=taker.name)
    if not gained.isdisjoint(CERTIFIED) and not taker.certificate_number:
        return Text("%(name)s has no enforcement certificate.", name=taker.name)
    return None


def gains(giver: Officer, taker: Officer) -> frozenset[Permission]:
    """What the taker could do with the loan, and cannot without it."""
    return granted(giver.own_roles) - NEVER_LENT - granted(taker.own_roles)


def makers(session: Session, giver: Officer) -> Makers:
    """Who has made something that waits for a decision of the giver's."""
    held = granted(giver.own_roles)
    return Makers(
        {one: one.made(session, giver.scope) for one in KNOWN.values() if one.permission in held}
    )


@dataclass(frozen=True)
class Makers:
    """Nobody is lent the decision on what they made themselves."""

    found: Mapping[Undecided, Mapping[int, int]]

    def obstacle(self, giver: Officer, taker: Officer) -> Text | None:
        count = sum(self._of(giver, taker))
        if not count:
            return None
        return Text(
            "%(name)s would decide on their own work: of it %(count)s wait for you. Decide these "
            "first, or choose somebody else.",
            name=taker.name,
            count=count,
        )

    def _of(self, giver: Officer, taker: Officer) -> Iterator[int]:
        gained = gains(giver, taker)
        return (
            Counter(made)[taker.id]
            for undecided, made in self.found.items()
            if undecided.permission in gained
        )

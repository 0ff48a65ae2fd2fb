"""What can wait for an officer: each area hands in the kinds of steps that it knows.

The worklist of the desk and every count beside the menu read what was handed in, so a step is
offered, counted and done in one and the same case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from training_oversight import law
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.placeholders import Asking
from training_oversight.texts import Text
from training_oversight.web.addresses import asking
from training_oversight.web.contributions import contributions
from training_oversight.web.listings import Contribution

Statement = sa.Select[*tuple[object, ...]]


@dataclass(frozen=True)
class WaitingKind(Contribution):
    """One kind of step. ``statement(officer)`` selects the columns of ``lines``; who lacks the
    permission has no such lines.

    ``limit`` is the county's limit from which a due date is counted when the record has
    none of its own: ``since`` is then the day on which the waiting began.
    """

    name: str
    # The page of the navigation that the step belongs to.
    area: str
    verb: Text
    permission: Permission
    statement: Callable[[Asking], Statement]
    endpoint: str
    argument: str
    limit: str | None = None
    # The same where the law and not the county says how long.
    period: law.Period | None = None
    # What the step follows from, when the record has no note of its own.
    why: Text | None = None

    def url(self, key: int) -> str:
        values: dict[str, object] = {self.argument: key}
        return asking(self.endpoint, values)


def every() -> Sequence[WaitingKind]:
    return contributions().every(WaitingKind)


def kinds_of(officer: Officer) -> list[WaitingKind]:
    return [kind for kind in every() if officer.may(kind.permission)]


def lines(
    key: sa.SQLColumnExpression[int],
    title: sa.SQLColumnExpression[object],
    *,
    note: sa.SQLColumnExpression[object] | None = None,
    due: sa.SQLColumnExpression[object] | None = None,
    since: sa.SQLColumnExpression[object] | None = None,
    institution: sa.SQLColumnExpression[object] | None = None,
    kind_code: sa.SQLColumnExpression[object] | None = None,
    division: sa.SQLColumnExpression[object] | None = None,
) -> Statement:
    """The columns that every statement of what waits has; what is not given is a typed null."""
    return sa.select(
        key.label("key"),
        title.label("title"),
        _text(note).label("note"),
        _text(institution).label("institution"),
        _text(kind_code).label("kind_code"),
        _text(division).label("division"),
        _day(due).label("due_on"),
        _day(since).label("since"),
    )


def _text(column: sa.SQLColumnExpression[object] | None) -> sa.SQLColumnExpression[object]:
    return sa.null().cast(sa.Text()) if column is None else column


def _day(column: sa.SQLColumnExpression[object] | None) -> sa.SQLColumnExpression[object]:
    return sa.null().cast(sa.Date()) if column is None else column

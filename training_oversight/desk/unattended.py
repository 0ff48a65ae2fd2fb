"""Work that nobody attends to: it has no owner, or nothing that carries it on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.database.tables import Base
from training_oversight.enforcement import queries as cases
from training_oversight.ledger.models import RectificationItem
from training_oversight.ledger.workflow import ItemState
from training_oversight.notices import queries as notices
from training_oversight.registry import queries as registry
from training_oversight.registry.models import Institution, Licence, LicenceWarning


class ScopeClause(Protocol):
    """A scope as a condition: an officer's own, or a placeholder that is filled in later."""

    def clause(self, path: sa.SQLColumnExpression[str], /) -> sa.ColumnElement[bool]: ...


def _live(scope: ScopeClause) -> sa.ColumnElement[bool]:
    return sa.and_(
        scope.clause(RectificationItem.division_path), RectificationItem.state == ItemState.OPEN
    )


def no_next_step(scope: ScopeClause) -> sa.ColumnElement[bool]:
    """Open items without a deadline that neither a paper nor a decision on a case carries on.

    A paper that is still to be drafted does: it is the item's next step, with a name beside it.
    """
    return sa.and_(_without_limit(scope), notices.served_in_vain())


def to_be_ordered(scope: ScopeClause) -> sa.ColumnElement[bool]:
    """Open items that a paper is to set a deadline for, and nobody has drafted it."""
    return sa.and_(_without_limit(scope), notices.to_draft())


def _without_limit(scope: ScopeClause) -> sa.ColumnElement[bool]:
    return sa.and_(_live(scope), RectificationItem.without_deadline(), ~cases.undecided())


def no_owner(scope: ScopeClause, today: date) -> sa.ColumnElement[bool]:
    """Open items that no officer is in charge of, or one who has left."""
    return sa.or_(*_no_owner(scope, today))


def _no_owner(scope: ScopeClause, today: date) -> tuple[sa.ColumnElement[bool], ...]:
    """Nobody in charge, and somebody who has left: apart, so that each can use the index."""
    charge = RectificationItem.officer_in_charge_id
    gone = sa.select(Officer.id).where(~Officer.working_on(today))
    return (
        sa.and_(_live(scope), charge.is_(None)),
        sa.and_(_live(scope), charge.in_(gone)),
    )


def items_without_owner(scope: ScopeClause, today: date) -> sa.ColumnElement[int]:
    """How many, as one number of a larger question: no item is of both kinds."""
    nobody, gone = _no_owner(scope, today)
    return count_of(RectificationItem, nobody) + count_of(RectificationItem, gone)


def items_without_next_step(scope: ScopeClause) -> sa.ColumnElement[int]:
    return count_of(RectificationItem, no_next_step(scope))


def count_of(model: type[Base], condition: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).select_from(model).where(condition).scalar_subquery()


def institutions_without_owner(scope: ScopeClause, today: date) -> sa.ColumnElement[bool]:
    return sa.and_(
        scope.clause(Institution.division_path),
        *registry.live(),
        registry.nobodys(today),
    )


def institutions_without_department(scope: ScopeClause) -> sa.ColumnElement[bool]:
    return sa.and_(
        scope.clause(Institution.division_path),
        *registry.live(),
        Institution.industry_department_id.is_(None),
    )


def endings_without_owner(scope: ScopeClause, today: date) -> sa.ColumnElement[bool]:
    """Institutions with a licence coming to its end, and nobody in charge who could be told."""
    ending = (
        sa.select(LicenceWarning.id)
        .join(Licence, Licence.id == LicenceWarning.licence_id)
        .where(LicenceWarning.institution_id == Institution.id, registry.warning_waits())
        .correlate(Institution)
        .exists()
    )
    return sa.and_(institutions_without_owner(scope, today), ending)


@dataclass(frozen=True)
class Unattended:
    """How much work is unattended; each count should be 0."""

    items_without_owner: int
    items_without_next_step: int
    institutions_without_owner: int
    institutions_without_department: int
    endings_without_owner: int


def counted(session: Session, scope: ScopeClause, *, today: date) -> Unattended:
    """All of them in one query."""
    row = session.execute(
        sa.select(
            items_without_owner(scope, today),
            items_without_next_step(scope),
            count_of(Institution, institutions_without_owner(scope, today)),
            count_of(Institution, institutions_without_department(scope)),
            count_of(Institution, endings_without_owner(scope, today)),
        )
    ).one()
    return Unattended(*row)

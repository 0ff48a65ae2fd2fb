"""Roles that officers lend each other: what holds today, what stands now or later."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, joinedload

from training_oversight.accounts import lending
from training_oversight.accounts.models import Delegation, Lender, Loan, Officer, Scope
from training_oversight.accounts.permissions import Role
from training_oversight.accounts.placeholders import TODAY


def tell(session: Session, officer: Officer, *, today: date) -> None:
    """Set on an officer what they hold of others today, and who holds what of theirs."""
    asked = {"officer": officer.id, "today": today}
    found = session.scalars(_of_today(), asked).unique().all()
    # Who has moved since, or lost what the loan asks for, holds it no longer.
    held = [one for one in found if lending.obstacle(one.giver, one.taker) is None]
    lent = [(role, one.giver) for one in held if one.to_id == officer.id for role in _roles(one)]
    officer.delegated_roles = frozenset(role for role, _giver in lent)
    officer.lenders = tuple((role, Lender(giver.id, giver.name)) for role, giver in lent)
    officer.loans = tuple(_loan(one, officer) for one in held)


def _roles(delegation: Delegation) -> Sequence[Role]:
    # A role that nobody may sign in with cannot be lent either.
    return sorted(delegation.giver.own_roles - {Role.SYSTEM})


def _loan(delegation: Delegation, officer: Officer) -> Loan:
    given = delegation.from_id == officer.id
    other = delegation.taker if given else delegation.giver
    return Loan(other.name, delegation.ends_on, given)


# Every page asks this, so it is put together once.


@functools.cache
def _of_today() -> sa.Select[Delegation]:
    giver, taker = aliased(Officer), aliased(Officer)
    mine: sa.BindParameter[int] = sa.bindparam("officer")
    return (
        sa.select(Delegation)
        .join(giver, giver.id == Delegation.from_id)
        .join(taker, taker.id == Delegation.to_id)
        .where(
            sa.or_(Delegation.from_id == mine, Delegation.to_id == mine),
            Delegation.starts_on <= TODAY,
            Delegation.ends_on >= TODAY,
            Delegation.revoked_at.is_(None),
            giver.working_on(TODAY),
            taker.working_on(TODAY),
        )
        .options(
            joinedload(Delegation.giver).joinedload(Officer.role_rows),
            joinedload(Delegation.taker).joinedload(Officer.role_rows),
        )
        .order_by(Delegation.id)
    )


def delegations_of(session: Session, officer_id: int, *, today: date) -> Sequence[Delegation]:
    """What the officer lends or is lent, now or later."""
    return session.scalars(
        sa.select(Delegation)
        .where(
            sa.or_(Delegation.from_id == officer_id, Delegation.to_id == officer_id),
            Delegation.ends_on >= today,
            Delegation.revoked_at.is_(None),
        )
        .options(joinedload(Delegation.giver), joinedload(Delegation.taker))
        .order_by(Delegation.starts_on)
    ).all()


def lent_within(session: Session, scope: Scope, *, today: date) -> Sequence[Delegation]:
    """Roles lent now or later by officers in a scope, for the administrator's overview."""
    giver = aliased(Officer)
    return session.scalars(
        sa.select(Delegation)
        .join(giver, giver.id == Delegation.from_id)
        .where(
            scope.clause(giver.division_path),
            giver.working_on(today),
            Delegation.ends_on >= today,
            Delegation.revoked_at.is_(None),
        )
        .options(joinedload(Delegation.giver), joinedload(Delegation.taker))
        .order_by(Delegation.starts_on, Delegation.id)
    ).all()

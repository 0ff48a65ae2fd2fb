"""Who is in charge of how much."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload

from training_oversight.accounts.models import Officer, Scope
from training_oversight.registry.models import Institution
from training_oversight.registry.workflow import InstitutionState

# As many keys as one statement takes on every database.
AT_ONCE = 500


def in_charge_of(session: Session, officer: Officer, *, scope: Scope) -> Sequence[int]:
    """The live institutions that an officer is in charge of."""
    return session.scalars(
        sa.select(Institution.id)
        .where(
            Institution.officer_in_charge_id == officer.id,
            scope.clause(Institution.division_path),
            *live(),
        )
        .order_by(Institution.id)
    ).all()


def count_in_scope(session: Session, institution_ids: Sequence[int], *, scope: Scope) -> int:
    """How many of these lie in the scope, whatever has become of them."""
    found = 0
    for start in range(0, len(institution_ids), AT_ONCE):
        part = institution_ids[start : start + AT_ONCE]
        found += (
            session.scalar(
                sa.select(sa.func.count())
                .select_from(Institution)
                .where(Institution.id.in_(part), scope.clause(Institution.division_path))
            )
            or 0
        )
    return found


def to_assign(
    session: Session, institution_ids: Sequence[int], *, scope: Scope
) -> Sequence[Institution]:
    """Those of a selection that are live, with who is in charge of each now."""
    return [
        one
        for start in range(0, len(institution_ids), AT_ONCE)
        for one in session.scalars(
            sa.select(Institution)
            .where(
                Institution.id.in_(institution_ids[start : start + AT_ONCE]),
                scope.clause(Institution.division_path),
                *live(),
            )
            .options(joinedload(Institution.officer_in_charge), raiseload("*"))
            .order_by(Institution.sort_key, Institution.id)
        )
    ]


def nobodys(today: date | sa.ColumnElement[date]) -> sa.ColumnElement[bool]:
    """In nobody's charge: no officer is named, or the one who is has left.

    One question and not two with OR between them, which SQLite would look up one by one in the
    whole country instead of reading the officer's own scope.
    """
    return ~(
        sa.select(Officer.id)
        .where(Officer.id == Institution.officer_in_charge_id, Officer.working_on(today))
        .correlate(Institution)
        .exists()
    )


def charges(session: Session, scope: Scope) -> dict[int, int]:
    """Officer -> how many live institutions they are in charge of, in one query."""
    rows = session.execute(
        sa.select(Institution.officer_in_charge_id, sa.func.count())
        .where(
            scope.clause(Institution.division_path),
            Institution.officer_in_charge_id.is_not(None),
            *live(),
        )
        .group_by(Institution.officer_in_charge_id)
    )
    return {officer: count for officer, count in rows if officer is not None}


def live() -> tuple[sa.ColumnElement[bool], ...]:
    """What still has to be looked after: not closed, and an institution of its own."""
    return (Institution.state != InstitutionState.CLOSED, Institution.withdrawn.is_(False))

"""Which department is responsible for which kind of institution."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Officer, Scope
from training_oversight.catalogue import queries as catalogue
from training_oversight.registry.models import Institution
from training_oversight.registry.queries.charge import live


def industry(session: Session, authority_id: int, *, today: date) -> dict[str, int | None]:
    """Kind -> department of the authority, by the county's mapping; none if it names none."""
    departments = {one.code: one.id for one in accounts.departments(session, authority_id)}
    kinds = catalogue.kinds(session, authority_id=authority_id, today=today)
    return {kind.code: departments.get(kind.department_code or "") for kind in kinds}


def off_the_mapping(session: Session, *, today: date, scope: Scope) -> list[int]:
    """Live institutions whose department is not that of their kind, though nobody decided so."""
    authorities = session.scalars(
        sa.select(Institution.authority_id)
        .where(scope.clause(Institution.division_path))
        .distinct()
        .order_by(Institution.authority_id)
    ).all()
    return [key for one in authorities for key in _off(session, one, today=today, scope=scope)]


def _off(session: Session, authority_id: int, *, today: date, scope: Scope) -> Sequence[int]:
    mapped = industry(session, authority_id, today=today)
    moved_on = [
        sa.and_(
            Institution.kind_code == kind,
            Institution.industry_department_id.is_distinct_from(department),
        )
        for kind, department in mapped.items()
    ]
    return session.scalars(
        sa.select(Institution.id)
        .where(
            Institution.authority_id == authority_id,
            scope.clause(Institution.division_path),
            Institution.department_overridden.is_(False),
            sa.or_(sa.false(), *moved_on),
            *live(),
        )
        .order_by(Institution.id)
    ).all()


def reached_by_mapping(
    session: Session, officer: Officer, kind: str, department: str | None
) -> tuple[dict[int | None, int], int]:
    """What another department for a kind would do in the officer's county.

    Department of now -> how many live institutions leave it; and how many stay as an officer
    decided. ``department`` is the code; none, or one that is unknown, leaves them without.
    """
    known = {one.code: one.id for one in accounts.departments(session, officer.authority_id)}
    rows = session.execute(
        sa.select(
            Institution.industry_department_id, Institution.department_overridden, sa.func.count()
        )
        .where(
            Institution.authority_id == officer.authority_id,
            officer.scope.clause(Institution.division_path),
            Institution.kind_code == kind,
            *live(),
        )
        .group_by(Institution.industry_department_id, Institution.department_overridden)
        .order_by(sa.func.count().desc(), Institution.industry_department_id)
    ).all()
    goal = known.get(department or "")
    moved = {now: count for now, decided, count in rows if not decided and now != goal}
    return moved, sum(count for _, decided, count in rows if decided)

"""Finding errands: my own, one, and what is under way."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload

from training_oversight.accounts.models import Officer, Scope
from training_oversight.errands.kinds import kind_of
from training_oversight.errands.models import Errand
from training_oversight.errands.workflow import UNDER_WAY
from training_oversight.errors import NotFound


def mine(officer: Officer) -> sa.Select[Errand]:
    """What the officer asked for; the caller pages it."""
    return sa.select(Errand).where(Errand.asked_by_id == officer.id).options(raiseload("*"))


def latest(session: Session, officer: Officer, kind: str, *, count: int = 3) -> Sequence[Errand]:
    """The officer's own last errands of a kind, for the page where they are asked for."""
    wanted = mine(officer).where(Errand.kind == kind).order_by(Errand.id.desc()).limit(count)
    return session.scalars(wanted).all()


def get(session: Session, errand_id: int, *, officer: Officer) -> Errand:
    """An errand of the officer, or of a colleague whose work this officer may do as well.

    Raises ``NotFound`` for any other.
    """
    found = session.get(Errand, errand_id)
    if found is None or not _is_open_to(found, officer):
        raise NotFound
    return found


def _is_open_to(errand: Errand, officer: Officer) -> bool:
    if errand.asked_by_id == officer.id:
        return True
    covered = officer.scope.covers(errand.division_path)
    return covered and kind_of(errand.kind).allows(officer, errand.params)


def under_way(session: Session, scope: Scope) -> Sequence[Errand]:
    """What waits or runs, oldest first."""
    return session.scalars(
        sa.select(Errand)
        .where(scope.clause(Errand.division_path), Errand.state.in_(UNDER_WAY))
        .options(joinedload(Errand.asked_by).raiseload("*"))
        .order_by(Errand.id)
    ).all()

"""Joinings that were made, and records to compare with one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from training_oversight.accounts.models import Officer, Scope
from training_oversight.doubles.models import InstitutionMerge
from training_oversight.errors import NotFound
from training_oversight.registry import queries
from training_oversight.registry.models import Institution

LATEST = 20


def others(
    session: Session, one: Institution, officer: Officer, words: str, *, today: date
) -> Sequence[Institution]:
    """Records that the officer looks for by name, to compare with the one."""
    matching = queries.matching(session, queries.Search.by(officer, words))
    wanted = queries.InstitutionFilter(view=queries.View.ALL, words=words, found=matching)
    listed = queries.listing(officer, wanted, today=today)
    return session.scalars(
        listed.where(Institution.id != one.id).order_by(Institution.sort_key).limit(LATEST)
    ).all()


def latest(session: Session, scope: Scope) -> Sequence[InstitutionMerge]:
    """The last joinings that stand."""
    return session.scalars(
        sa.select(InstitutionMerge)
        .where(scope.clause(InstitutionMerge.division_path), InstitutionMerge.undone_at.is_(None))
        .options(
            joinedload(InstitutionMerge.kept).raiseload("*"),
            joinedload(InstitutionMerge.gone).raiseload("*"),
            joinedload(InstitutionMerge.made_by).raiseload("*"),
        )
        .order_by(InstitutionMerge.id.desc())
        .limit(LATEST)
    ).all()


def merge(session: Session, merge_id: int, scope: Scope) -> InstitutionMerge:
    """One joining. Raises ``NotFound``, for a foreign one too."""
    found = session.get(InstitutionMerge, merge_id)
    if found is None or not scope.covers(found.division_path):
        raise NotFound
    return found

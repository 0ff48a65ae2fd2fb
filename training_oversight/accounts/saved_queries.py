"""Filters that officers have kept: their own, and those that colleagues share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager

from training_oversight.accounts.models import Officer, SavedFilter
from training_oversight.errors import NotFound

# No filter that an officer has named: which columns a list shows when nothing else is asked.
COLUMNS = ""


def of_listing(
    session: Session, officer: Officer, listing: str, *, today: date
) -> Sequence[SavedFilter]:
    """All that this officer is offered over a list, the default columns among them."""
    mine = SavedFilter.officer_id == officer.id
    shared = sa.and_(
        SavedFilter.shared.is_(True),
        Officer.authority_id == officer.authority_id,
        Officer.working_on(today),
    )
    return session.scalars(
        sa.select(SavedFilter)
        .join(SavedFilter.officer)
        .where(SavedFilter.listing == listing, sa.or_(mine, shared))
        # Of the officer nothing but the name is wanted.
        .options(contains_eager(SavedFilter.officer).lazyload(Officer.role_rows))
        .order_by(SavedFilter.name, SavedFilter.id)
    ).all()


def of_officer(session: Session, officer: Officer) -> Sequence[SavedFilter]:
    """The officer's own, of every list, by name."""
    return session.scalars(
        sa.select(SavedFilter)
        .where(SavedFilter.officer_id == officer.id, SavedFilter.name != COLUMNS)
        .order_by(SavedFilter.listing, SavedFilter.name)
    ).all()


def own(session: Session, saved_id: int, officer: Officer) -> SavedFilter:
    """One that the officer has named. Raises ``NotFound``, for a colleague's, too."""
    found = session.scalars(
        sa.select(SavedFilter).where(
            SavedFilter.id == saved_id,
            SavedFilter.officer_id == officer.id,
            SavedFilter.name != COLUMNS,
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def named(session: Session, officer: Officer, listing: str, name: str) -> SavedFilter | None:
    return session.scalars(
        sa.select(SavedFilter).where(
            SavedFilter.officer_id == officer.id,
            SavedFilter.listing == listing,
            SavedFilter.name == name,
        )
    ).one_or_none()

"""The main venue of an institution, and whether it has a position."""

from __future__ import annotations

import sqlalchemy as sa

from training_oversight.registry.models import Institution, Venue

# The place of an institution, of a query over both.
IS_MAIN = sa.and_(Venue.main.is_(True), Venue.ended_on.is_(None))
MAIN = sa.and_(Venue.institution_id == Institution.id, IS_MAIN)


def has_position(*, yes: bool) -> sa.ColumnElement[bool]:
    """Institutions whose main venue has a position, or has none."""
    found = (
        sa.select(Venue.id).where(MAIN, Venue.latitude.is_not(None)).correlate(Institution).exists()
    )
    return found if yes else ~found


def latitude() -> sa.ScalarSelect[float | None]:
    """Of an institution's main venue, asked of each institution's own venue; nothing for none."""
    return sa.select(Venue.latitude).where(MAIN).correlate(Institution).scalar_subquery()

"""The columns that an officer chose last, kept beside the officer's saved filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import database
from training_oversight.accounts.models import Officer, SavedFilter

# No list of that name exists, so that it is offered as a saved filter nowhere.
LISTING = "institutions.export"
NAME = "columns"


def remembered(session: Session, officer: Officer) -> Sequence[str] | None:
    """Nothing for who never chose."""
    query = session.scalar(sa.select(SavedFilter.query).where(*_of(officer)))
    return query.split(",") if query else None


def remember(session: Session, officer: Officer, fields: Iterable[str]) -> None:
    """How the officer wants the file next time; of no interest to the history."""
    query = ",".join(fields)
    database.insert_if_absent(
        session,
        SavedFilter,
        officer_id=officer.id,
        division_path=officer.division_path,
        listing=LISTING,
        name=NAME,
        query=query,
        shared=False,
        saved_at=database.instant(session),
        version=1,
    )
    session.execute(
        sa.update(SavedFilter)
        .where(*_of(officer))
        .values(query=query, saved_at=database.instant(session))
    )


def _of(officer: Officer) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        SavedFilter.officer_id == officer.id,
        SavedFilter.listing == LISTING,
        SavedFilter.name == NAME,
    )

"""Numbers that are never given twice and never reused."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import database
from training_oversight.catalogue.models import NumberSeries


def take(session: Session, *, authority_id: int, series: str, year: int) -> int:
    """The next number of the series, given in the running transaction.

    One UPDATE decides: whoever comes second waits for the row, and a rolled back
    transaction gives the number back before anybody else could see it.
    """
    key = {"authority_id": authority_id, "series": series, "year": year}
    database.insert_if_absent(session, NumberSeries, **key, next_number=1)
    statement = (
        sa.update(NumberSeries)
        .filter_by(**key)
        .values(next_number=NumberSeries.next_number + 1)
        .returning(NumberSeries.next_number)
        .execution_options(synchronize_session=False)
    )
    return session.execute(statement).scalar_one() - 1

"""Numbers that are never given twice and never reused."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import database
from training_oversight.catalogue.models import NumberSeries


def take(session: Session, *, authority_id: int, series: str, year: int) -> int:
    """The next number of the series, given in the running transaction."""
    return take_many(session, 1, authority_id=authority_id, series=series, year=year)[0]


def take_many(
    session: Session, count: int, *, authority_id: int, series: str, year: int
) -> Sequence[int]:
    """The next numbers of the series, one behind the other.

    One UPDATE decides: whoever comes second waits for the row, and a rolled back
    transaction gives the numbers back before anybody else could see them.
    """
    key = {"authority_id": authority_id, "series": series, "year": year}
    statement = (
        sa.update(NumberSeries)
        .filter_by(**key)
        .values(next_number=NumberSeries.next_number + count)
        .returning(NumberSeries.next_number)
        .execution_options(synchronize_session=False)
    )
    behind = session.scalar(statement)
    if behind is None:
        # The first of its year, which happens once.
        database.insert_if_absent(session, NumberSeries, **key, next_number=1)
        behind = session.execute(statement).scalar_one()
    return range(behind - count, behind)


def hold(session: Session, *, authority_id: int, series: str, year: int) -> None:
    """Let nobody else take a number before the transaction ends: what is looked for now and then
    made under a number is made once."""
    take_many(session, 0, authority_id=authority_id, series=series, year=year)

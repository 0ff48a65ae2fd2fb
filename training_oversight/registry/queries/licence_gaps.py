"""What the licences of one institution lack, as one number: they are read once for all of it."""

from __future__ import annotations

from datetime import date
from enum import IntFlag

import sqlalchemy as sa

from training_oversight.registry.models import TRAINING_LICENCES, Institution, Licence
from training_oversight.registry.queries.licence_states import STANDING, licence_state_sql
from training_oversight.registry.queries.unexplained import SUBJECT, unexplained_permit


class LicenceGap(IntFlag):
    """The same as ``permit_clause``, ``unexplained`` and ``licensed_sql`` say one by one."""

    PERMIT = 1
    REASON = 2
    ACCOUNT = 4


def licence_gap(today: date) -> sa.ScalarSelect[int]:
    """The ``LicenceGap`` of each institution of a query.

    Asked as "is there one" it would be looked up in a table of all licences of the country, which
    PostgreSQL makes for it; an aggregate is asked of each institution's own.
    """
    permit = Licence.type.in_(TRAINING_LICENCES)
    standing = licence_state_sql(today).in_([state.value for state in STANDING])
    owed = (
        (~_any(permit), LicenceGap.PERMIT),
        (sa.and_(Institution.kind_code == SUBJECT, _any(unexplained_permit())), LicenceGap.REASON),
        (
            sa.and_(Institution.fund_account.is_(None), _any(sa.and_(permit, standing))),
            LicenceGap.ACCOUNT,
        ),
    )
    parts = [sa.case((condition, int(gap)), else_=0) for condition, gap in owed]
    return (
        sa.select(parts[0] + parts[1] + parts[2])
        .select_from(Licence)
        .where(Licence.institution_id == Institution.id)
        .correlate(Institution)
        .scalar_subquery()
    )


def _any(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.func.count(sa.case((condition, 1))) > 0

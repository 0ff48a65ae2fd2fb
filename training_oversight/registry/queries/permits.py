"""Institutions by what their permit to train is worth on a day, as a filter of lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import sqlalchemy as sa

from training_oversight.registry.models import (
    TRAINING_LICENCES,
    Institution,
    Licence,
    LicenceState,
)
from training_oversight.registry.queries.licence_states import (
    STANDING,
    licence_state_sql,
    licensed_sql,
    unlicensed_sql,
)
from training_oversight.texts import LabelledEnum, Text


class PermitFilter(LabelledEnum):
    """What can be asked of an institution's permits together."""

    LICENSED = "yes", Text("Licensed")
    NONE_STANDS = "no", Text("No permit stands, or none is recorded")
    UNLICENSED = "unlicensed", Text("Unlicensed (confirmed)")
    ENDS_IN_90 = "expiring_90", Text("Ends within 90 days")
    ENDS_IN_30 = "expiring_30", Text("Ends within 30 days")
    EXPIRED = "expired", Text("Expired, not renewed")
    SUSPENDED = "suspended", Text("Suspended")
    REVOKED = "revoked", Text("Revoked or cancelled")
    NEVER = "none", Text("No permit on file")


WITHIN: Mapping[PermitFilter, timedelta] = {
    PermitFilter.ENDS_IN_90: timedelta(days=90),
    PermitFilter.ENDS_IN_30: timedelta(days=30),
}
LAPSED: Mapping[PermitFilter, tuple[LicenceState, ...]] = {
    PermitFilter.EXPIRED: (LicenceState.EXPIRED,),
    PermitFilter.SUSPENDED: (LicenceState.SUSPENDED,),
    PermitFilter.REVOKED: (LicenceState.REVOKED, LicenceState.CANCELLED),
}


def permit_clause(value: str, today: date) -> sa.ColumnElement[bool]:
    """A condition over ``Institution``; what is no such question asks for nothing."""
    permit = next((one for one in PermitFilter if one.value == value), None)
    if permit is None:
        return sa.true()
    licensed = licensed_sql(today)
    if permit in WITHIN:
        # Another permit that lasts longer keeps it licensed all the same.
        later = sa.or_(Licence.valid_until.is_(None), Licence.valid_until > today + WITHIN[permit])
        return sa.and_(licensed, ~_exists(_in_state(today, *STANDING), later))
    if permit in LAPSED:
        return sa.and_(~licensed, _exists(_in_state(today, *LAPSED[permit])))
    if permit is PermitFilter.UNLICENSED:
        return unlicensed_sql()
    if permit is PermitFilter.NEVER:
        return ~_exists()
    return licensed if permit is PermitFilter.LICENSED else ~licensed


def _in_state(today: date, *states: LicenceState) -> sa.ColumnElement[bool]:
    return licence_state_sql(today).in_([state.value for state in states])


def _exists(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return (
        sa.select(Licence.id)
        .where(
            Licence.institution_id == Institution.id,
            Licence.type.in_(TRAINING_LICENCES),
            *conditions,
        )
        .correlate(Institution)
        .exists()
    )

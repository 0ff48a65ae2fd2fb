"""What a licence is worth on a day: said once for a row and once for the database."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from training_oversight.registry.models import (
    TRAINING_LICENCES,
    Institution,
    Licence,
    LicenceEventKind,
    LicenceState,
    LicenceType,
)

# Not law: how early the register begins to say that a licence runs out.
EXPIRING_WITHIN = timedelta(days=90)
STANDING = (LicenceState.VALID, LicenceState.EXPIRING)


def licence_state(licence: Licence, today: date) -> LicenceState:
    if licence.ended_on is not None and licence.ended_on <= today:
        revoked = licence.ended_by is LicenceEventKind.REVOKED
        return LicenceState.REVOKED if revoked else LicenceState.CANCELLED
    if licence.suspended_on is not None and licence.suspended_on <= today:
        return LicenceState.SUSPENDED
    return _by_dates(licence, today)


def _by_dates(licence: Licence, today: date) -> LicenceState:
    if licence.valid_from is not None and licence.valid_from > today:
        return LicenceState.NOT_YET
    if licence.valid_until is None:
        return LicenceState.VALID
    if licence.valid_until < today:
        return LicenceState.EXPIRED
    soon = licence.valid_until <= today + EXPIRING_WITHIN
    return LicenceState.EXPIRING if soon else LicenceState.VALID


def licence_state_sql(today: date) -> sa.ColumnElement[str]:
    """The same as ``licence_state`` inside a query over ``Licence``."""
    ended = Licence.ended_on <= today
    return sa.case(
        (
            sa.and_(ended, Licence.ended_by == LicenceEventKind.REVOKED),
            LicenceState.REVOKED.value,
        ),
        (ended, LicenceState.CANCELLED.value),
        (Licence.suspended_on <= today, LicenceState.SUSPENDED.value),
        (Licence.valid_from > today, LicenceState.NOT_YET.value),
        (Licence.valid_until < today, LicenceState.EXPIRED.value),
        (Licence.valid_until <= today + EXPIRING_WITHIN, LicenceState.EXPIRING.value),
        else_=LicenceState.VALID.value,
    )


def is_licensed(institution: Institution, today: date) -> bool:
    """Whether a paper that allows training stands on the day."""
    return any(
        licence.type in TRAINING_LICENCES and licence_state(licence, today) in STANDING
        for licence in institution.licences
    )


def licensed_sql(today: date) -> sa.ColumnElement[bool]:
    """The same as ``is_licensed`` inside a query over ``Institution``."""
    return (
        sa.select(Licence.id)
        .where(
            Licence.institution_id == Institution.id,
            Licence.type.in_(TRAINING_LICENCES),
            licence_state_sql(today).in_([state.value for state in STANDING]),
        )
        .correlate(Institution)
        .exists()
    )


def training_licence(institution: Institution, today: date) -> Licence | None:
    """The paper that the list shows: the best standing one, else the one that ended last."""
    papers = [paper for paper in institution.licences if paper.type in TRAINING_LICENCES]
    ranked = sorted(
        papers,
        key=lambda paper: (
            licence_state(paper, today) in STANDING,
            paper.valid_until or date.max,
            paper.id,
        ),
    )
    return ranked[-1] if ranked else None


def has_business_licence(institution: Institution, today: date) -> bool:
    return any(
        paper.type is LicenceType.BUSINESS and licence_state(paper, today) in STANDING
        for paper in institution.licences
    )

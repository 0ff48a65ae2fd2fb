"""What a licence is worth on a day.

Of today the licence itself says enough: said once for a row and once for the database. Of a day
that has passed its events say what held then: a suspension that was lifted since, an end before
it was renewed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

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
REGISTRATIONS = (LicenceType.BUSINESS, LicenceType.NON_ENTERPRISE)
SUSPENSIONS = (LicenceEventKind.SUSPENDED, LicenceEventKind.RESUMED)


def paper_meant(licences: Iterable[Any]) -> Any:
    """Of these licences, or rows of them, the training permit that runs longest."""
    training = [one for one in licences if one.type in TRAINING_LICENCES and one.ended_on is None]
    return max(training, key=lambda one: (one.valid_until or date.max, one.id), default=None)


def licence_state(licence: Licence, today: date) -> LicenceState:
    """What it is worth today."""
    suspended = licence.suspended_on is not None and licence.suspended_on <= today
    return _state(licence, today, suspended=suspended, until=licence.valid_until)


def licence_state_on(licence: Licence, day: date) -> LicenceState:
    """What it was, is or will be worth on any day, as far as its events tell. Reads them."""
    return _state(
        licence, day, suspended=_suspended(licence, day), until=valid_until_on(licence, day)
    )


def _state(licence: Licence, day: date, *, suspended: bool, until: date | None) -> LicenceState:
    if licence.ended_on is not None and licence.ended_on <= day:
        revoked = licence.ended_by is LicenceEventKind.REVOKED
        return LicenceState.REVOKED if revoked else LicenceState.CANCELLED
    if suspended:
        return LicenceState.SUSPENDED
    if licence.valid_from is not None and licence.valid_from > day:
        return LicenceState.NOT_YET
    if until is None:
        return LicenceState.VALID
    if until < day:
        return LicenceState.EXPIRED
    return LicenceState.EXPIRING if until <= day + EXPIRING_WITHIN else LicenceState.VALID


def _suspended(licence: Licence, day: date) -> bool:
    until_then = [one for one in licence.events if one.kind in SUSPENSIONS and one.on_day <= day]
    last = max(until_then, key=lambda one: (one.on_day, one.id), default=None)
    return last is not None and last.kind is LicenceEventKind.SUSPENDED


def valid_until_on(licence: Licence, day: date) -> date | None:
    """The end as it stood on the day: the next renewal after it says what it prolonged."""
    after = [
        one for one in licence.events if one.kind is LicenceEventKind.RENEWED and one.on_day > day
    ]
    following = min(after, key=lambda one: (one.on_day, one.id), default=None)
    return (following and following.previous_until) or licence.valid_until


def licence_state_sql(today: date) -> sa.ColumnElement[str]:
    """The same as ``licence_state`` inside a query over ``Licence``."""
    ended, until = Licence.ended_on <= today, Licence.valid_until
    return sa.case(
        (
            sa.and_(ended, Licence.ended_by == LicenceEventKind.REVOKED),
            LicenceState.REVOKED.value,
        ),
        (ended, LicenceState.CANCELLED.value),
        (Licence.suspended_on <= today, LicenceState.SUSPENDED.value),
        (Licence.valid_from > today, LicenceState.NOT_YET.value),
        (until < today, LicenceState.EXPIRED.value),
        (until <= today + EXPIRING_WITHIN, LicenceState.EXPIRING.value),
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


def standing_permits(institution: Institution) -> list[Licence]:
    """The permits that nobody has taken back, whatever they are worth."""
    return [
        paper
        for paper in institution.licences
        if paper.type in TRAINING_LICENCES and paper.ended_on is None
    ]


def has_permit_on_file(institution: Institution) -> bool:
    """Whether any paper that allows training is recorded, whatever it is worth today."""
    return any(paper.type in TRAINING_LICENCES for paper in institution.licences)


def is_unlicensed(institution: Institution) -> bool:
    """Confirmed by an officer, and no permit has come on file since; ``unlicensed_sql`` of rows."""
    return institution.unlicensed_on is not None and not has_permit_on_file(institution)


def is_without_permit(institution: Institution, today: date) -> bool:
    """Known to have none: what there was has lapsed, or an officer has confirmed it."""
    lapsed = has_permit_on_file(institution) and not is_licensed(institution, today)
    return lapsed or is_unlicensed(institution)


def unlicensed_sql() -> sa.ColumnElement[bool]:
    return sa.and_(Institution.unlicensed_on.is_not(None), ~on_file_sql())


def on_file_sql() -> sa.ColumnElement[bool]:
    """Institutions of which any permit is recorded."""
    return (
        sa.select(Licence.id)
        .where(
            Licence.institution_id == Institution.id,
            Licence.type.in_(TRAINING_LICENCES),
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


def is_registered(institution: Institution, today: date) -> bool:
    """Whether a business licence or a registration as a non-enterprise unit stands.

    Where neither paper is on file the credit code speaks for it: nobody has one without the other.
    """
    papers = [paper for paper in institution.licences if paper.type in REGISTRATIONS]
    if not papers:
        return institution.uscc is not None
    return any(licence_state(paper, today) in STANDING for paper in papers)

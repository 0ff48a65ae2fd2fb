"""Licences that come to their end: which are to be warned of, and which warnings wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, joinedload

from training_oversight.accounts.models import Scope
from training_oversight.errors import NotFound
from training_oversight.registry.models import Institution, Licence, LicenceWarning
from training_oversight.registry.queries.charge import live

# Days before the end, and the day after it. Not law: how early an officer is told.
FIRST, SECOND, OVER = 90, 30, 0


def threshold_due(valid_until: date, today: date) -> int | None:
    """The sharpest threshold that has come; nothing while the end is far."""
    left = (valid_until - today).days
    if left < 0:
        return OVER
    return next((one for one in (SECOND, FIRST) if left <= one), None)


def licences_to_warn(session: Session, *, today: date, scope: Scope) -> Sequence[int]:
    """The papers of live institutions whose sharpest threshold nobody was told of.

    What was missed in an outage is in it: a paper is there once, for the sharpest alone.
    """
    due = sa.case(
        (Licence.valid_until < today, OVER),
        (Licence.valid_until <= today + timedelta(SECOND), SECOND),
        else_=FIRST,
    )
    told = sa.exists().where(
        LicenceWarning.licence_id == Licence.id,
        LicenceWarning.valid_until == Licence.valid_until,
        LicenceWarning.threshold <= due,
    )
    return session.scalars(
        sa.select(Licence.id)
        .join(Institution, Institution.id == Licence.institution_id)
        .where(
            scope.clause(Institution.division_path),
            Licence.valid_until <= today + timedelta(FIRST),
            Licence.ended_on.is_(None),
            ~_replaced(),
            ~told,
            *live(),
        )
        .order_by(Licence.id)
    ).all()


def is_replaced(licence: Licence) -> bool:
    """Whether a later paper of the same kind has taken its place."""
    return any(
        other.type is licence.type
        and other.ended_on is None
        and other.id != licence.id
        and (
            other.valid_until is None
            or licence.valid_until is None
            or other.valid_until > licence.valid_until
        )
        for other in licence.institution.licences
    )


def _replaced() -> sa.ColumnElement[bool]:
    other = aliased(Licence)
    return sa.exists().where(
        other.institution_id == Licence.institution_id,
        other.type == Licence.type,
        other.ended_on.is_(None),
        other.id != Licence.id,
        sa.or_(other.valid_until.is_(None), other.valid_until > Licence.valid_until),
    )


def warning_waits() -> sa.ColumnElement[bool]:
    """Warnings that somebody still has to answer, of a query that joins licence and institution.

    A renewed or ended paper, a closed institution, a sharper warning: none of it waits any more.
    """
    sharper = aliased(LicenceWarning)
    return sa.and_(
        LicenceWarning.seen_at.is_(None),
        Licence.valid_until == LicenceWarning.valid_until,
        Licence.ended_on.is_(None),
        ~_replaced(),
        *live(),
        ~sa.exists().where(
            sharper.licence_id == LicenceWarning.licence_id,
            sharper.valid_until == LicenceWarning.valid_until,
            sharper.threshold < LicenceWarning.threshold,
        ),
    )


def warning(session: Session, warning_id: int, scope: Scope) -> LicenceWarning:
    """One warning with its paper and institution. Raises ``NotFound``, for a foreign one too."""
    found = session.scalars(
        sa.select(LicenceWarning)
        .join(LicenceWarning.institution)
        .where(LicenceWarning.id == warning_id, scope.clause(Institution.division_path))
        .options(
            joinedload(LicenceWarning.licence),
            joinedload(LicenceWarning.institution).joinedload(Institution.officer_in_charge),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def waiting_for(session: Session, warning: LicenceWarning) -> int | None:
    """The warning of the same paper that is still to be answered: this one, or a sharper one."""
    return session.scalar(
        sa.select(LicenceWarning.id)
        .join(Licence, Licence.id == LicenceWarning.licence_id)
        .join(Institution, Institution.id == LicenceWarning.institution_id)
        .where(LicenceWarning.licence_id == warning.licence_id, warning_waits())
    )

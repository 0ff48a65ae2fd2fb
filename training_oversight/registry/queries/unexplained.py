"""Permits of subject institutions that should not exist: each needs a reason, and stays marked."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from training_oversight.registry.models import Institution, Licence, LicenceType

SUBJECT = "subject"
# 双减: since that year no new subject institutions are approved.
LAST_YEAR_OF_APPROVALS = 2021


def wants_reason(kind_code: str | None, kind: LicenceType, issued_on: date | None) -> bool:
    """Whether it would be a new approval of a subject institution, which no longer exists."""
    early = issued_on is not None and issued_on.year <= LAST_YEAR_OF_APPROVALS
    return kind_code == SUBJECT and kind is LicenceType.SCHOOL and not early


def is_unexplained(licence: Licence, kind_code: str | None) -> bool:
    """A standing permit without its reason: its institution became a subject one only later."""
    wanting = wants_reason(kind_code, licence.type, licence.issued_on)
    return wanting and licence.ended_on is None and not licence.exception_reason


def unexplained() -> sa.ColumnElement[bool]:
    """Institutions that have such a permit."""
    permit = sa.exists().where(Licence.institution_id == Institution.id, unexplained_permit())
    return sa.and_(Institution.kind_code == SUBJECT, permit)


def unexplained_permit() -> sa.ColumnElement[bool]:
    """Such a permit itself, if the institution is a subject one."""
    first_late = date(LAST_YEAR_OF_APPROVALS + 1, 1, 1)
    return sa.and_(
        Licence.type == LicenceType.SCHOOL,
        Licence.ended_on.is_(None),
        sa.or_(Licence.issued_on.is_(None), Licence.issued_on >= first_late),
        sa.func.coalesce(Licence.exception_reason, "") == "",
    )

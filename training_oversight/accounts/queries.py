"""Finding officers, divisions and departments."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from training_oversight.accounts import lent_queries
from training_oversight.accounts.models import (
    Authority,
    Department,
    Division,
    DivisionLevel,
    Officer,
    OfficerRole,
    OfficerSession,
    Scope,
)
from training_oversight.accounts.permissions import GRANTED, Permission
from training_oversight.audit import Event
from training_oversight.errors import NotFound
from training_oversight.texts import Text

SYSTEM_USERNAME = "system"


def folded(username: str) -> str:
    """A user name as it is kept: small letters, and none as wide as a Chinese character."""
    return unicodedata.normalize("NFKC", username).strip().lower()


def by_username(session: Session, username: str) -> Officer | None:
    named = Officer.username == folded(username)
    return session.scalars(sa.select(Officer).where(named)).one_or_none()


@dataclass(frozen=True)
class SigningIn:
    """What is asked of a name before its password is looked at."""

    officer_id: int | None
    password_hash: str | None
    # Whether the officer has signed in from this address in the last days.
    known_address: bool


def signing_in(session: Session, username: str, *, address: str, since: datetime) -> SigningIn:
    """Of a name, whether it exists or not: one query, which takes as long for either."""
    been_here = (
        sa.select(OfficerSession.officer_id)
        .where(
            OfficerSession.officer_id == Officer.id,
            OfficerSession.address == address,
            OfficerSession.address != "",
            OfficerSession.created_at > since,
        )
        .exists()
    )
    found = session.execute(
        sa.select(Officer.id, Officer.password_hash, been_here).where(Officer.username == username)
    ).one_or_none()
    return SigningIn(*found) if found else SigningIn(None, None, False)


def system(session: Session) -> Officer:
    """The actor of jobs and of commands without ``--by``."""
    return session.scalars(sa.select(Officer).where(Officer.username == SYSTEM_USERNAME)).one()


def acting(session: Session, officer_id: int, *, today: date) -> Officer | None:
    """The officer with everything the guard and a page need, delegated roles included."""
    asked = {"officer": officer_id, "today": today}
    officer = session.scalars(_acting(), asked).unique().one_or_none()
    if officer is not None:
        lent_queries.tell(session, officer, today=today)
    return officer


# Every page asks this, so it is put together once.


@functools.cache
def _acting() -> sa.Select[Officer]:
    return (
        sa.select(Officer)
        .where(Officer.id == sa.bindparam("officer"))
        .options(
            joinedload(Officer.authority).joinedload(Authority.division),
            joinedload(Officer.department),
            joinedload(Officer.division),
            joinedload(Officer.role_rows),
        )
    )


def colleagues(
    session: Session, scope: Scope, *, today: date, permission: Permission | None = None
) -> Sequence[Officer]:
    """Officers at work within a scope, by name; only those whose own roles allow ``permission``."""
    wanted = _at_work(scope, today, permission)
    return session.scalars(wanted.options(joinedload(Officer.department))).all()


def colleague_names(
    session: Session, scope: Scope, *, today: date, permission: Permission | None = None
) -> dict[int, str]:
    """The same people for a box to choose from: no more is read than their names."""
    wanted = _at_work(scope, today, permission).with_only_columns(Officer.id, Officer.name)
    return {row.id: row.name for row in session.execute(wanted)}


# More names than these are no help: then the roles alone say whom to ask.
FEW = 3


def who_may(
    session: Session, authority_id: int, permissions: Collection[Permission], *, today: date
) -> Sequence[str]:
    """The people at work of one authority whose own roles allow one of these, if they are few."""
    roles = [role for role, held in GRANTED.items() if not held.isdisjoint(permissions)]
    found = session.scalars(
        sa.select(Officer.name)
        .where(
            Officer.authority_id == authority_id,
            Officer.username != SYSTEM_USERNAME,
            Officer.working_on(today),
            Officer.id.in_(sa.select(OfficerRole.officer_id).where(OfficerRole.role.in_(roles))),
        )
        .order_by(Officer.name, Officer.id)
        .limit(FEW + 1)
    ).all()
    return found if len(found) <= FEW else ()


def _at_work(scope: Scope, today: date, permission: Permission | None) -> sa.Select[Officer]:
    wanted = sa.select(Officer).where(
        scope.clause(Officer.division_path),
        Officer.username != SYSTEM_USERNAME,
        Officer.working_on(today),
    )
    if permission is not None:
        roles = [role for role, held in GRANTED.items() if permission in held]
        wanted = wanted.where(
            Officer.id.in_(sa.select(OfficerRole.officer_id).where(OfficerRole.role.in_(roles)))
        )
    return wanted.order_by(Officer.name, Officer.id)


def townships(session: Session, scope: Scope) -> Sequence[Division]:
    """The townships and streets that an officer may choose from."""
    return session.scalars(
        sa.select(Division)
        .where(scope.clause(Division.path), Division.level == DivisionLevel.TOWNSHIP)
        .order_by(Division.code)
    ).all()


def parts(session: Session, division: Division) -> Sequence[Division]:
    """What a province or a prefecture divides into, in as large parts as there are."""
    inside = (Scope(division.path).clause(Division.path), Division.id != division.id)
    found = session.scalars(
        sa.select(Division)
        .where(*inside, Division.level.in_([DivisionLevel.PREFECTURE, DivisionLevel.COUNTY]))
        .order_by(Division.code)
    ).all()
    large = [one for one in found if one.level is DivisionLevel.PREFECTURE]
    return large or found


def departments(session: Session, authority_id: int) -> Sequence[Department]:
    return session.scalars(
        sa.select(Department)
        .where(Department.authority_id == authority_id, Department.ended_on.is_(None))
        .order_by(Department.id)
    ).all()


def division_by_code(session: Session, code: str) -> Division | None:
    return session.scalars(sa.select(Division).where(Division.code == code)).one_or_none()


def authority_of(session: Session, division: Division) -> Authority | None:
    """The authority that acts in a division: its own, or the nearest above."""
    parts = [part + "/" for part in division.path.split("/") if part]
    paths = list(accumulate(parts))
    return session.scalars(
        sa.select(Authority)
        .join(Division)
        .where(Division.path.in_(paths))
        .order_by(sa.func.length(Division.path).desc())
        .limit(1)
    ).first()


def department_for(session: Session, code: str, division: Division) -> Department | None:
    """The department of that code of the authority that acts in the division."""
    authority = authority_of(session, division)
    if authority is None:
        return None
    return session.scalars(
        sa.select(Department).where(
            Department.authority_id == authority.id, Department.code == code
        )
    ).one_or_none()


def authority(session: Session, authority_id: int) -> Authority:
    return session.get_one(Authority, authority_id)


def authority_by_code(session: Session, code: str) -> Authority:
    """The authority of a county's code. Raises ``NotFound``."""
    found = session.scalars(sa.select(Authority).where(Authority.code == code)).one_or_none()
    if found is None:
        raise NotFound(Text("There is no county with the code %(code)s.", code=code))
    return found


def staff(session: Session, scope: Scope, *, today: date) -> Sequence[Officer]:
    """Every officer in a scope, those whose service has ended too, present ones first."""
    return session.scalars(
        sa.select(Officer)
        .where(scope.clause(Officer.division_path), Officer.username != SYSTEM_USERNAME)
        .options(
            joinedload(Officer.department),
            joinedload(Officer.division),
            joinedload(Officer.authority),
        )
        .order_by(~Officer.working_on(today), Officer.department_id, Officer.id)
    ).all()


def last_sign_ins(session: Session, officer_ids: Sequence[int]) -> dict[int, datetime]:
    """When each officer last signed in, from the history: one query for a whole list."""
    rows = session.execute(
        sa.select(Event.subject_id, sa.func.max(Event.at))
        .where(
            Event.subject_kind == Officer.__tablename__,
            Event.subject_id.in_(officer_ids),
            Event.verb == "officer.signed_in",
        )
        .group_by(Event.subject_id)
    )
    return dict(rows.all())


def open_sessions(
    session: Session, officer_id: int, *, since: datetime, used_since: datetime
) -> Sequence[OfficerSession]:
    """Where the officer is signed in.

    Sessions begun before ``since`` have run out, as have those not used since ``used_since``.
    """
    return session.scalars(
        sa.select(OfficerSession)
        .where(
            OfficerSession.officer_id == officer_id,
            OfficerSession.ended_at.is_(None),
            OfficerSession.created_at > since,
            OfficerSession.seen_at > used_since,
        )
        .order_by(OfficerSession.created_at.desc())
    ).all()


def divisions(session: Session, scope: Scope) -> Sequence[Division]:
    """The scope's own division and everything below it."""
    return session.scalars(
        sa.select(Division).where(scope.clause(Division.path)).order_by(Division.path)
    ).all()

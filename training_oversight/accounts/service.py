"""Signing in and out, adding officers, lending roles."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts import queries
from training_oversight.accounts.models import (
    Authority,
    Delegation,
    Department,
    Division,
    DivisionLevel,
    Officer,
    OfficerRole,
    OfficerSession,
)
from training_oversight.accounts.permissions import Role
from training_oversight.audit import EventType
from training_oversight.errors import BadInput, NotPermitted
from training_oversight.texts import Language, Text

# Not law: how many wrong passwords lock a name, and for how long.
TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
SESSION_LASTS = timedelta(hours=12)

ADDED = EventType.declare("officer.added", Text("Officer added"), ["roles"])
SIGNED_IN = EventType.declare("officer.signed_in", Text("Signed in"), ["device"])
LOCKED = EventType.declare("officer.locked", Text("Locked after wrong passwords"))
SIGNED_OUT = EventType.declare("officer.signed_out_everywhere", Text("Signed out everywhere"))
PASSWORD_CHANGED = EventType.declare("officer.password_changed", Text("Password changed"))
CHANGED = EventType.declare("officer.changed", Text("Officer changed"), ["roles"])
DELEGATED = EventType.declare("officer.delegated", Text("Roles lent"), ["to", "until"])
REVOKED = EventType.declare("officer.delegation_revoked", Text("Lent roles taken back"), ["to"])


def token_hash(token: str) -> str:
    """What is kept of a session's token: enough to recognise it, too little to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in(
    session: Session, officer: Officer | None, *, right: bool, device: str, today: date
) -> str | None:
    """Open a session and return its token, or count the failure and return nothing.

    ``right`` says whether the password matched: checking it is slow and was done before
    the transaction. A locked name is refused even with the right password.
    """
    if officer is None or Role.SYSTEM in officer.roles:
        return None
    database.locked(session, officer)
    if officer.locked_until is not None and officer.locked_until > database.instant(session):
        return None
    if not right:
        _count_failure(session, officer)
        return None
    if not officer.works_on(today):
        return None
    officer.failed_sign_ins, officer.locked_until = 0, None
    return _open(session, officer, device=device)


def _open(session: Session, officer: Officer, *, device: str) -> str:
    token, at = secrets.token_urlsafe(32), database.instant(session)
    session.add(
        OfficerSession(
            token_hash=token_hash(token),
            officer_id=officer.id,
            created_at=at,
            seen_at=at,
            device=device,
        )
    )
    audit.record(session, officer, SIGNED_IN, by=officer, device=device)
    return token


def _count_failure(session: Session, officer: Officer) -> None:
    officer.failed_sign_ins += 1
    if officer.failed_sign_ins >= TRIES:
        officer.failed_sign_ins = 0
        officer.locked_until = database.instant(session) + LOCKED_FOR
        audit.record(session, officer, LOCKED, by=officer)


def sign_out(session: Session, token: str) -> None:
    session.execute(
        sa.update(OfficerSession)
        .where(OfficerSession.token_hash == token_hash(token))
        .values(ended_at=database.instant(session))
    )


def sign_out_everywhere(session: Session, officer: Officer, *, by: Officer) -> None:
    """End every session of the officer, on every device."""
    session.execute(
        sa.update(OfficerSession)
        .where(OfficerSession.officer_id == officer.id, OfficerSession.ended_at.is_(None))
        .values(ended_at=database.instant(session))
    )
    audit.record(session, officer, SIGNED_OUT, by=by)


def add(
    session: Session,
    *,
    username: str,
    name: str,
    department: Department,
    division: Division,
    roles: Iterable[Role],
    password_hash: str | None,
    by: audit.Actor,
    certificate_number: str | None = None,
    must_change_password: bool = True,
) -> Officer:
    """Add an officer. Raises ``BadInput`` when the user name is taken."""
    if queries.by_username(session, username) is not None:
        sentence = Text("The user name %(name)s is taken. Choose another.", name=username)
        raise BadInput(sentence, {"username": sentence})
    held = sorted(set(roles) - {Role.SYSTEM})
    officer = Officer(
        username=username,
        name=name,
        department_id=department.id,
        authority_id=department.authority_id,
        division_id=division.id,
        division_path=division.path,
        password_hash=password_hash,
        certificate_number=certificate_number,
        must_change_password=must_change_password,
        role_rows=[OfficerRole(role=role) for role in held],
    )
    audit.created(session, officer, ADDED, by=by, roles=[str(role) for role in held])
    return officer


def change_password(
    session: Session, officer: Officer, *, password_hash: str, by: Officer, temporary: bool = False
) -> None:
    """Set a password and end the other sessions, which may be somebody else's."""
    database.locked(session, officer)
    officer.password_hash = password_hash
    officer.must_change_password = temporary
    officer.failed_sign_ins, officer.locked_until = 0, None
    audit.record(session, officer, PASSWORD_CHANGED, by=by)
    sign_out_everywhere(session, officer, by=by)


def delegate(
    session: Session, giver: Officer, *, taker: Officer, starts_on: date, ends_on: date, reason: str
) -> Delegation:
    """Lend the giver's roles to another officer of the same authority for a time."""
    if ends_on < starts_on:
        sentence = Text("The last day must not be before the first.")
        raise BadInput(sentence, {"ends_on": sentence})
    if taker.id == giver.id or taker.authority_id != giver.authority_id:
        raise NotPermitted(Text("Roles can be lent only to a colleague of the same authority."))
    delegation = Delegation(
        from_id=giver.id, to_id=taker.id, starts_on=starts_on, ends_on=ends_on, reason=reason
    )
    session.add(delegation)
    audit.record(session, giver, DELEGATED, by=giver, note=reason, to=taker.name, until=ends_on)
    return delegation


def take_back(session: Session, delegation: Delegation, *, by: Officer) -> None:
    """End a delegation before its time. Only who lent the roles, or an administrator."""
    if by.id != delegation.from_id and Role.ADMINISTRATOR not in by.roles:
        raise NotPermitted(Text("Only the officer who lent the roles can take them back."))
    delegation.revoked_at = database.instant(session)
    audit.record(session, delegation.giver, REVOKED, by=by, to=delegation.taker.name)


def ensure_system(session: Session) -> Officer:
    """The system's own actor, with the ground that it stands on; made with the database."""
    known = queries.by_username(session, queries.SYSTEM_USERNAME)
    if known is not None:
        return known
    top = Division(code="0", name="-", level=DivisionLevel.PROVINCE, path="0/")
    session.add(top)
    session.flush()
    authority = Authority(code="system", name="-", short_name="-", division_id=top.id)
    session.add(authority)
    session.flush()
    department = Department(authority_id=authority.id, code="system", name="-")
    session.add(department)
    session.flush()
    officer = Officer(
        username=queries.SYSTEM_USERNAME,
        name="系统",
        department_id=department.id,
        authority_id=authority.id,
        division_id=top.id,
        division_path=top.path,
        language=Language.CHINESE,
        role_rows=[OfficerRole(role=Role.SYSTEM)],
    )
    session.add(officer)
    session.flush()
    return officer

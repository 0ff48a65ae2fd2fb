"""Signing in and out, and the lock after wrong passwords."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.models import Officer, OfficerSession
from training_oversight.accounts.permissions import Role
from training_oversight.audit import EventType
from training_oversight.texts import Text

# Not law: how many wrong passwords lock a name, and for how long.
TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
SESSION_LASTS = timedelta(hours=12)

SIGNED_IN = EventType.declare("officer.signed_in", Text("Signed in"), ["device"])
LOCKED = EventType.declare("officer.locked", Text("Locked after wrong passwords"))
SIGNED_OUT = EventType.declare("officer.signed_out_everywhere", Text("Signed out everywhere"))
SIGNED_OUT_OTHERS = EventType.declare(
    "officer.signed_out_others", Text("Signed out on the other devices")
)
UNLOCKED = EventType.declare("officer.unlocked", Text("Unlocked"))


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


def sign_out_others(session: Session, officer: Officer, *, keep: str) -> None:
    """End the officer's sessions on every device but the one that asks."""
    session.execute(
        sa.update(OfficerSession)
        .where(
            OfficerSession.officer_id == officer.id,
            OfficerSession.ended_at.is_(None),
            OfficerSession.token_hash != token_hash(keep),
        )
        .values(ended_at=database.instant(session))
    )
    audit.record(session, officer, SIGNED_OUT_OTHERS, by=officer)


def sign_out_everywhere(session: Session, officer: Officer, *, by: Officer) -> None:
    """End every session of the officer, on every device."""
    session.execute(
        sa.update(OfficerSession)
        .where(OfficerSession.officer_id == officer.id, OfficerSession.ended_at.is_(None))
        .values(ended_at=database.instant(session))
    )
    audit.record(session, officer, SIGNED_OUT, by=by)


def unlock(session: Session, officer: Officer, *, by: Officer) -> None:
    """Let the officer try again before the time is over."""
    database.locked(session, officer)
    officer.failed_sign_ins, officer.locked_until = 0, None
    audit.record(session, officer, UNLOCKED, by=by)

"""Signing in and out, on which device and from where."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.models import Officer, OfficerSession
from training_oversight.accounts.permissions import Role
from training_oversight.audit import EventType
from training_oversight.texts import Text

SESSION_LASTS = timedelta(hours=12)

SIGNED_IN = EventType.declare("officer.signed_in", Text("Signed in"), ["device", "address"])
WRONG_PASSWORDS = EventType.declare(
    "officer.wrong_passwords", Text("Wrong passwords were entered for this name"), ["address"]
)
SIGNED_OUT = EventType.declare("officer.signed_out_everywhere", Text("Signed out everywhere"))
SIGNED_OUT_OTHERS = EventType.declare(
    "officer.signed_out_others", Text("Signed out on the other devices")
)
# How often it is written down that a sign-in is used: not with every page.
NOTED_EVERY = timedelta(minutes=1)


def token_hash(token: str) -> str:
    """What is kept of a session's token: enough to recognise it, too little to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in(
    session: Session,
    officer: Officer,
    *,
    device: str,
    today: date,
    address: str = "",
    renewed_hash: str | None = None,
) -> str | None:
    """Open a session and return its token; nothing for who may not sign in.

    The password was found right before: checking it is slow and is not done in a transaction.
    ``renewed_hash`` is the same password, hashed as it is done now.
    """
    database.locked(session, officer)
    if Role.SYSTEM in officer.roles or not officer.works_on(today):
        return None
    if renewed_hash is not None:
        officer.password_hash = renewed_hash
    token, at = secrets.token_urlsafe(32), database.instant(session)
    session.add(
        OfficerSession(
            token_hash=token_hash(token),
            officer_id=officer.id,
            created_at=at,
            seen_at=at,
            address=address,
            device=device,
        )
    )
    audit.record(session, officer, SIGNED_IN, by=officer, device=device, address=address)
    return token


def note_wrong_passwords(session: Session, officer: Officer, *, address: str, by: Officer) -> None:
    """Somebody, who need not be the officer, has used up the tries from one place."""
    database.locked(session, officer)
    audit.record(session, officer, WRONG_PASSWORDS, by=by, address=address)


def use(opened: OfficerSession, *, at: datetime, address: str) -> sa.Update | None:
    """What is to be written down when a sign-in is used; mostly nothing."""
    if at - opened.seen_at < NOTED_EVERY:
        return None
    return (
        sa.update(OfficerSession)
        .where(OfficerSession.token_hash == opened.token_hash)
        .values(seen_at=at, address=address)
    )


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

"""Lending roles to a colleague for a time, and taking them back."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts import lending
from training_oversight.accounts.authorising import authorise
from training_oversight.accounts.models import Delegation, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.service.officers import check_at_work
from training_oversight.audit import EventType
from training_oversight.errors import BadInput, Checks, NotPermitted, WrongState
from training_oversight.texts import Text

DELEGATED = EventType.declare("officer.delegated", Text("Roles lent"), ["to", "until"])
REVOKED = EventType.declare("officer.delegation_revoked", Text("Lent roles taken back"), ["to"])
GIVEN_BACK = EventType.declare(
    "officer.delegation_given_back", Text("Lent roles given back"), ["to"]
)


def delegate(
    session: Session, giver: Officer, *, taker: Officer, starts_on: date, ends_on: date, reason: str
) -> Delegation:
    """Lend the giver's own roles for a time to a colleague who may hold them.

    Raises ``NotPermitted`` for anybody else, ``BadInput`` for what the giver can put right.
    """
    if why := lending.obstacle(giver, taker):
        raise NotPermitted(why)
    checks = Checks()
    with checks.each():
        check_at_work(taker, on=starts_on, field="taker_id")
    with checks.each():
        if theirs := lending.makers(session, giver).obstacle(giver, taker):
            raise BadInput(theirs, {"taker_id": theirs})
    with checks.each():
        if ends_on < starts_on:
            sentence = Text("The last day must not be before the first.")
            raise BadInput(sentence, {"ends_on": sentence})
    checks.settle()
    delegation = Delegation(
        from_id=giver.id, to_id=taker.id, starts_on=starts_on, ends_on=ends_on, reason=reason
    )
    session.add(delegation)
    audit.record(session, giver, DELEGATED, by=giver, note=reason, to=taker.name, until=ends_on)
    return delegation


def take_back(session: Session, delegation: Delegation, *, by: Officer) -> None:
    """End a delegation before its time: either of the two, or an administrator."""
    if by.id not in (delegation.from_id, delegation.to_id):
        authorise(by, delegation.giver, Permission.MANAGE_OFFICERS)
    database.locked(session, delegation)
    if delegation.revoked_at is not None:
        raise WrongState(Text("These roles were given back already."))
    delegation.revoked_at = database.instant(session)
    kind = GIVEN_BACK if by.id == delegation.to_id else REVOKED
    audit.record(session, delegation.giver, kind, by=by, to=delegation.taker.name)

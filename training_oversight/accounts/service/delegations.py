"""Lending roles to a colleague for a time, and taking them back."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.authorising import authorise
from training_oversight.accounts.models import Delegation, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.service.officers import check_at_work
from training_oversight.audit import EventType
from training_oversight.errors import BadInput, NotPermitted
from training_oversight.texts import Text

DELEGATED = EventType.declare("officer.delegated", Text("Roles lent"), ["to", "until"])
REVOKED = EventType.declare("officer.delegation_revoked", Text("Lent roles taken back"), ["to"])


def delegate(
    session: Session, giver: Officer, *, taker: Officer, starts_on: date, ends_on: date, reason: str
) -> Delegation:
    """Lend the giver's roles to another officer of the same authority for a time."""
    if ends_on < starts_on:
        sentence = Text("The last day must not be before the first.")
        raise BadInput(sentence, {"ends_on": sentence})
    if taker.id == giver.id or taker.authority_id != giver.authority_id:
        raise NotPermitted(Text("Roles can be lent only to a colleague of the same authority."))
    check_at_work(taker, on=starts_on, field="taker_id")
    delegation = Delegation(
        from_id=giver.id, to_id=taker.id, starts_on=starts_on, ends_on=ends_on, reason=reason
    )
    session.add(delegation)
    audit.record(session, giver, DELEGATED, by=giver, note=reason, to=taker.name, until=ends_on)
    return delegation


def take_back(session: Session, delegation: Delegation, *, by: Officer) -> None:
    """End a delegation before its time. Only who lent the roles, or an administrator."""
    if by.id != delegation.from_id:
        authorise(by, delegation.giver, Permission.MANAGE_OFFICERS)
    delegation.revoked_at = database.instant(session)
    audit.record(session, delegation.giver, REVOKED, by=by, to=delegation.taker.name)

"""Looking at what is masked: permitted to some, and never without a trace."""

from __future__ import annotations

from sqlalchemy.orm import Session

from training_oversight import audit
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.registry.models import Institution, Venue
from training_oversight.texts import Text
from training_oversight.workflow import authorise

PHONE_SEEN = EventType.declare("institution.phone_seen", Text("Looked at the phone number"))
ACCOUNT_SEEN = EventType.declare(
    "institution.account_seen", Text("Looked at the prepaid-fund account")
)
LANDLORD_SEEN = EventType.declare("venue.landlord_seen", Text("Looked at the landlord's name"))


def look_at_phone(session: Session, institution: Institution, *, by: Officer) -> None:
    """Record that an officer looked at the whole number."""
    authorise(by, institution, Permission.SEE_PERSONAL_DATA)
    audit.record(session, institution, PHONE_SEEN, by=by)


def look_at_account(session: Session, institution: Institution, *, by: Officer) -> None:
    authorise(by, institution, Permission.SEE_PERSONAL_DATA)
    audit.record(session, institution, ACCOUNT_SEEN, by=by)


def look_at_landlord(session: Session, venue: Venue, *, by: Officer) -> None:
    authorise(by, venue.institution, Permission.SEE_PERSONAL_DATA)
    audit.record(session, venue, LANDLORD_SEEN, by=by)

"""That an institution has no permit: one act of an officer, with the day, and its taking back."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from training_oversight import audit
from training_oversight.accounts.models import Officer
from training_oversight.audit import EventType
from training_oversight.errors import WrongState
from training_oversight.registry import queries
from training_oversight.registry.models import Institution
from training_oversight.registry.service.opening import check_day, opened
from training_oversight.texts import Text

CONFIRMED = EventType.declare("institution.unlicensed", Text("Confirmed that it has no permit"))
TAKEN_BACK = EventType.declare(
    "institution.not_unlicensed", Text("Confirmation of having no permit taken back")
)


def confirm_unlicensed(
    session: Session,
    institution: Institution,
    *,
    on_day: date,
    note: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """It was established on that day that it has no permit; the note says how."""
    opened(session, institution, by=by, version=version)
    check_day(on_day, "on_day", today=today)
    if queries.has_permit_on_file(institution):
        raise WrongState(Text("A permit is on file: what it is worth stands beside it."))
    with audit.editing(session, institution, CONFIRMED, by=by, note=note.strip()):
        institution.unlicensed_on = on_day


def take_back_unlicensed(
    session: Session,
    institution: Institution,
    *,
    note: str,
    by: Officer,
    version: int | None = None,
) -> None:
    """It was wrong, or there is a permit after all; the note says which."""
    opened(session, institution, by=by, version=version)
    with audit.editing(session, institution, TAKEN_BACK, by=by, note=note.strip()):
        institution.unlicensed_on = None

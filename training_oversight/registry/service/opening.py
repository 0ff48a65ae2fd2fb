"""With what every change of a record begins: whose it is, which version, no day to come."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from training_oversight import database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.errors import BadInput
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.workflow import authorise


def opened(session: Session, institution: Institution, *, by: Officer, version: int | None) -> None:
    """Lock it as it is now. Raises ``StaleForm``, and what ``authorise`` does."""
    authorise(by, institution, Permission.EDIT_REGISTRY)
    database.locked(session, institution)
    database.seen(institution, version)


def check_day(day: date, field: str, *, today: date) -> None:
    """Raises ``BadInput`` beside the field for what has not happened yet."""
    if day > today:
        sentence = Text("Not later than today (%(today)s).", today=today)
        raise BadInput(sentence, {field: sentence})

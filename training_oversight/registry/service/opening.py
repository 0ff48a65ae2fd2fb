"""With what every change of a record begins: whose it is, which version, no day to come."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from training_oversight import database
from training_oversight.accounts.models import Officer
from training_oversight.errors import BadInput, NotFound
from training_oversight.registry.models import Institution
from training_oversight.texts import Text


def opened(session: Session, institution: Institution, *, by: Officer, version: int | None) -> None:
    """Lock it as it is now. Raises ``StaleForm``, and ``NotFound`` outside the officer's scope."""
    database.locked(session, institution)
    database.seen(institution, version)
    check_scope(institution, by)


def check_scope(institution: Institution, by: Officer) -> None:
    if not by.scope.covers(institution.division_path):
        raise NotFound


def check_day(day: date, field: str, *, today: date) -> None:
    """Raises ``BadInput`` beside the field for what has not happened yet."""
    if day > today:
        sentence = Text("Not later than today (%(today)s).", today=today)
        raise BadInput(sentence, {field: sentence})

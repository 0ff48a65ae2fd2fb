"""What runs by itself in the register: officers are told inside the office, nobody else is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Officer, Scope
from training_oversight.batches import Outcome, one_by_one
from training_oversight.database import current_session, transaction
from training_oversight.registry import queries, service
from training_oversight.registry.models import Licence

AT_ONCE = 200


def warn_of_licences(today: date) -> Outcome:
    """Tell the officer in charge of every paper that comes to its end, once for each threshold."""
    session = current_session()
    system = accounts.system(session)

    def warn(session: Session, licence_id: int) -> bool:
        licence = session.get_one(Licence, licence_id)
        return service.warn(session, licence, by=system, today=today)

    ids = queries.licences_to_warn(session, today=today, scope=Scope.everything())
    return one_by_one(ids, warn)


def follow_kinds(today: date) -> Outcome:
    """Let institutions follow the mapping of kinds to departments, where that has not happened."""
    return Outcome(done=sum(_followed(accounts.system(current_session()), today)))


def _followed(by: Officer, today: date) -> Iterator[int]:
    """Some hundred institutions in a transaction, until none is left."""
    keys = queries.off_the_mapping(current_session(), today=today, scope=by.scope)
    for start in range(0, len(keys), AT_ONCE):
        part = keys[start : start + AT_ONCE]
        with transaction() as session:
            yield service.follow_mapping(session, part, by=by, today=today)

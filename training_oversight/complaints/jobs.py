"""What is done with complaints at night."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Authority
from training_oversight.batches import Outcome, one_by_one
from training_oversight.catalogue import keeping
from training_oversight.complaints import queries, service
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.service.forgetting import KEPT
from training_oversight.database import current_session


def forget_contacts(today: date) -> Outcome:
    """Delete who told it, by each county's own days."""
    session = current_session()
    system = accounts.system(session)

    def forget(session: Session, key: int) -> bool:
        return service.forget(session, session.get_one(Complaint, key), by=system, today=today)

    return one_by_one(list(_over(session, today)), forget)


def _over(session: Session, today: date) -> Iterator[int]:
    for key in session.scalars(sa.select(Authority.id).order_by(Authority.id)).all():
        before = keeping.over_before(session, KEPT, authority_id=key, today=today)
        if before is not None:
            yield from queries.ended_before(session, key, before)

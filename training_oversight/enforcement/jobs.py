"""What runs by itself: overdue items are raised inside the office, and nobody is told."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from training_oversight.accounts import queries as accounts
from training_oversight.batches import Outcome, one_by_one
from training_oversight.database import current_session
from training_oversight.enforcement import queries, service
from training_oversight.registry.models import Institution


def raise_overdue_items(today: date) -> Outcome:
    """Put every overdue item, once for each deadline, into its institution's joint case.

    Run again it finds nothing left. Counted in items: done, failed and skipped (found
    handled) together are all that are overdue.
    """
    session = current_session()
    overdue = queries.count_overdue(session, today=today)
    system = accounts.system(session)

    def raise_for(session: Session, institution_id: int) -> int:
        institution = session.get_one(Institution, institution_id)
        return service.raise_items(session, institution, by=system, today=today)

    ids = queries.institutions_to_raise(session, today=today)
    outcome = one_by_one(ids, raise_for)
    left = queries.count_overdue(session, today=today, unraised=True) if outcome.failed else 0
    return Outcome(done=outcome.done, failed=left, skipped=max(0, overdue - outcome.done - left))

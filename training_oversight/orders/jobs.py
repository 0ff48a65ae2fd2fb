"""What is done with lists of orders at night."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.batches import Outcome, one_by_one
from training_oversight.database import current_session
from training_oversight.orders import list_queries, service
from training_oversight.orders.models import OrderList

# Not law: long enough to look at a list, and its file names who called.
KEPT = timedelta(days=7)


def discard_waiting_lists(today: date) -> Outcome:
    """Discard lists of orders that nobody took over for ``KEPT``."""
    session = current_session()
    system = accounts.system(session)

    def discard(session: Session, key: int) -> bool:
        service.discard(session, session.get_one(OrderList, key), by=system, version=None)
        return True

    before = clock.from_local(datetime.combine(today - KEPT, time()))
    return one_by_one(list_queries.waiting_since(session, before, scope=system.scope), discard)

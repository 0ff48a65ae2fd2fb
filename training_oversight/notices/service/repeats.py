"""Which problems are repeats: of the same kind, found after an order about it was served.

A served order is what makes a later violation a repeat (两年内重复); a paper that only talks,
reminds or refers does not, nor does one that was revoked.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.ledger import service as ledger
from training_oversight.ledger.models import RectificationItem
from training_oversight.notices import queries


def mark(session: Session, items: Iterable[RectificationItem], *, by: Officer) -> None:
    """Bring the mark of these items into line with the orders that stand."""
    for item in items:
        repeated = queries.ordered_before(session, item)
        if repeated != item.repeated:
            ledger.mark_repeated(session, item, repeated=repeated, by=by)


def mark_again(session: Session, institution_id: int, *, by: Officer) -> None:
    """An order has been taken back: what was a repeat because of it may be none."""
    mark(session, queries.repeated_items(session, institution_id), by=by)

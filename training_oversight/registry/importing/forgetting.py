"""Lists on which nobody decided: what a sender wrote is not kept for ever."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.batches import Outcome, one_by_one
from training_oversight.database import current_session
from training_oversight.registry.importing import uploading
from training_oversight.registry.models import ImportBatch, ImportState

# Not law: long enough to ask a township what it meant.
KEPT = timedelta(days=30)
UNDECIDED = (ImportState.UPLOADED, ImportState.READING, ImportState.PREVIEWED)


def forget_undecided_lists(today: date) -> Outcome:
    """Discard lists that were sent more than ``KEPT`` ago and never written to the register."""
    session = current_session()
    system = accounts.system(session)

    def forget(session: Session, key: int) -> bool:
        batch = session.get_one(ImportBatch, key)
        if not uploading.is_open(session, batch):
            return False
        uploading.discard(session, batch, by=system, version=None)
        return True

    before = clock.from_local(datetime.combine(today - KEPT, time()))
    ids = session.scalars(
        sa.select(ImportBatch.id).where(
            ImportBatch.state.in_(UNDECIDED), ImportBatch.uploaded_at < before
        )
    )
    return one_by_one(list(ids), forget)

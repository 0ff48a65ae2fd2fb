"""The seal of each day, the morning after."""

from __future__ import annotations

from datetime import date

from training_oversight.audit import sealing
from training_oversight.batches import Outcome
from training_oversight.database import current_session, transaction


def seal_days(today: date) -> Outcome:
    """Seal the days before ``today`` that are not sealed yet, and what came late to one that is.

    Safe to repeat: what is sealed is not sealed again.
    """
    session = current_session()
    done = 0
    for day in sealing.unsealed_days(session, before=today):
        draft = sealing.drafted(session, date.fromisoformat(day))
        if draft is not None:
            with transaction() as session:
                done += sealing.keep(session, draft)
    return Outcome(done=done)

"""The same act on many records, one transaction each: one bad record holds up nobody."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from training_oversight.database import transaction

log = logging.getLogger(__name__)

# (session, id) -> how much was done: True or a number; False or 0 if it was handled already.
Act = Callable[[Session, int], int]


@dataclass(frozen=True)
class Outcome:
    """What came of a batch. Skipped is what was found already handled."""

    done: int = 0
    failed: int = 0
    skipped: int = 0


def one_by_one(ids: Iterable[int], act: Act) -> Outcome:
    """Act on each record in a transaction of its own. An error is logged and counted."""
    done = failed = skipped = 0
    for key in ids:
        try:
            with transaction() as session:
                acted = int(act(session, key))
        except Exception:  # whatever is wrong with this record, the rest still gets its turn
            log.exception("%s failed for %s", getattr(act, "__qualname__", act), key)
            failed += 1
            continue
        done += acted
        skipped += not acted
    return Outcome(done=done, failed=failed, skipped=skipped)

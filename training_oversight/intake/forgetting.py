"""What a sender wrote is not kept for ever, in lists nor in what was found in old ledgers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.batches import Outcome, one_by_one
from training_oversight.database import current_session
from training_oversight.intake import contents, retention, uploading
from training_oversight.intake.checking import service as checking
from training_oversight.intake.models import ImportBatch, LedgerCheck
from training_oversight.intake.workflow import BEGUN, FINISHED, UNDECIDED, is_open

# Not law: long enough to ask a township what it meant.
KEPT = timedelta(days=30)


def forget_undecided_lists(today: date) -> Outcome:
    """Discard lists that were sent more than ``KEPT`` ago and never written to the register."""
    session = current_session()
    system = accounts.system(session)

    def forget(session: Session, key: int) -> bool:
        batch = session.get_one(ImportBatch, key)
        if not is_open(batch):
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


def forget_contents(today: date) -> Outcome:
    """Delete what senders wrote in decided lists and in checks once the county's days are over."""
    session = current_session()
    system = accounts.system(session)

    def forget_list(session: Session, key: int) -> bool:
        return contents.forget(session, session.get_one(ImportBatch, key), by=system, today=today)

    def forget_check(session: Session, key: int) -> bool:
        check = session.get_one(LedgerCheck, key)
        return checking.forget(session, check, by=system, today=today)

    decided = ImportBatch.state.in_((*FINISHED, *BEGUN))
    one = one_by_one(_over(session, ImportBatch, contents.SINCE, decided, today=today), forget_list)
    made = LedgerCheck.made_at
    other = one_by_one(_over(session, LedgerCheck, made, sa.true(), today=today), forget_check)
    return Outcome(one.done + other.done, one.failed + other.failed, one.skipped + other.skipped)


def _over(
    session: Session,
    model: type[ImportBatch | LedgerCheck],
    since: sa.SQLColumnExpression[datetime],
    wanted: sa.ColumnElement[bool],
    *,
    today: date,
) -> Sequence[int]:
    """The keys of those whose county may have had enough days."""
    code = retention.LISTS if model is ImportBatch else retention.CHECKS
    found: list[int] = []
    for key in session.scalars(sa.select(model.authority_id).distinct()).all():
        before = retention.not_before(session, code, authority_id=key, today=today)
        found += session.scalars(
            sa.select(model.id).where(
                model.authority_id == key, model.contents_gone_on.is_(None), since < before, wanted
            )
        )
    return found

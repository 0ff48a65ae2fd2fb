"""What a sender wrote in a list: how long it is there, and deleting it when that time is over."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import Event, EventType
from training_oversight.database import Instant
from training_oversight.errands.models import Errand
from training_oversight.errands.workflow import UNDER_WAY
from training_oversight.errors import Gone
from training_oversight.files import service as files
from training_oversight.intake import part_queries, queries, reading, retention
from training_oversight.intake.models import ImportBatch
from training_oversight.intake.workflow import BEGUN, FINISHED, RowOutcome
from training_oversight.texts import Text
from training_oversight.workflow import authorise

FORGOTTEN = EventType.declare(
    "import.contents_deleted", Text("What the sender wrote deleted"), ["rows"]
)
# Being written or taken back; unless an errand does so, somebody left it there.
LEFT_OUT, WRITTEN = "left_out", "written"
LAST_EVENT = (
    sa.select(sa.func.max(Event.at))
    .where(Event.subject_kind == ImportBatch.__tablename__, Event.subject_id == ImportBatch.id)
    .correlate(ImportBatch)
    .scalar_subquery()
)
# From when the days of a list count.
SINCE = sa.case(
    (ImportBatch.state.in_(BEGUN), LAST_EVENT),
    else_=sa.func.coalesce(ImportBatch.undone_at, ImportBatch.confirmed_at),
)


def last_day(session: Session, batch: ImportBatch, *, today: date) -> date | None:
    """The last day on which the rows of a list are there; nothing as long as it is open."""
    if batch.state not in (*FINISHED, *BEGUN) or batch.contents_gone_on is not None:
        return None
    since = session.scalar(
        sa.select(sa.type_coerce(SINCE, Instant)).where(ImportBatch.id == batch.id)
    )
    if since is None:
        return None
    return retention.last_day(
        session, retention.LISTS, authority_id=batch.authority_id, since=since, today=today
    )


def forget(session: Session, batch: ImportBatch, *, by: Officer, today: date) -> bool:
    """Delete rows and file; the counts stay. False while it is not time, or no more needed."""
    authorise(by, batch, Permission.IMPORT_REGISTRY)
    database.locked(session, batch)
    last = last_day(session, batch, today=today)
    if last is None or last >= today or _is_worked_on(session, batch):
        return False
    found = queries.counts(session, batch.id)
    batch.left_counts = {
        **{outcome.value: count for outcome, count in found.items()},
        LEFT_OUT: len(batch.left_out),
        WRITTEN: part_queries.how_far(session, batch.id)[0],
    }
    reading.forget(session, batch)
    sha256, batch.file_sha256 = batch.file_sha256, None
    batch.header, batch.unknown_columns, batch.left_out, batch.tallies = [], [], [], {}
    batch.sheets, batch.words = [], {}
    batch.contents_gone_on = database.written_on(session)
    audit.record(session, batch, FORGOTTEN, by=by, rows=sum(found.values()))
    if sha256 is not None:
        files.forget_unnamed(session, sha256)
    return True


def _is_worked_on(session: Session, batch: ImportBatch) -> bool:
    errand = session.get(Errand, batch.errand_id) if batch.errand_id is not None else None
    return errand is not None and errand.state in UNDER_WAY


def counts(session: Session, batch: ImportBatch) -> dict[RowOutcome, int]:
    """How many rows came to which end, also of a list whose rows are gone."""
    if batch.contents_gone_on is None:
        return queries.counts(session, batch.id)
    return {outcome: batch.left_counts.get(outcome.value, 0) for outcome in RowOutcome}


def left_out(batch: ImportBatch) -> int:
    count: int = batch.left_counts.get(LEFT_OUT, len(batch.left_out))
    return count


def written(batch: ImportBatch) -> int:
    """How many rows were on the register when the contents were deleted."""
    count: int = batch.left_counts.get(WRITTEN, 0)
    return count


def check_there(batch: ImportBatch) -> None:
    """Raises ``Gone`` once what the sender wrote was deleted."""
    if batch.contents_gone_on is not None:
        raise Gone(
            Text(
                "What the sender wrote in this list was deleted on %(day)s, as the county's "
                "settings say: it can no longer be taken back, and its rows can no longer be "
                "downloaded.",
                day=batch.contents_gone_on,
            )
        )

"""A list that was sent by a page: its columns, its confirmation, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.errors import Blocked
from training_oversight.files import service as files
from training_oversight.files.storage import Stored
from training_oversight.law.sentences import packed
from training_oversight.orders.judging import Outcome
from training_oversight.orders.models import OrderList
from training_oversight.orders.tallying import Tally
from training_oversight.texts import Text
from training_oversight.workflow import authorise

SENT = EventType.declare("order_list.sent", Text("List of orders sent"))
SETTLED = EventType.declare("order_list.settled", Text("Columns of the list settled"))
BEGUN = EventType.declare("order_list.begun", Text("List of orders confirmed"))
FINISHED = EventType.declare(
    "order_list.finished",
    Text("List of orders taken over"),
    ["rows", "created", "merged", "rejected"],
)
DISCARDED = EventType.declare("order_list.discarded", Text("List of orders discarded"))


def receive(session: Session, stored: Stored, *, filename: str, by: Officer) -> OrderList:
    """Keep a sealed file until somebody has looked at what would become of it."""
    authorise(by, by, Permission.ASSIGN_COMPLAINT)
    files.name(session, stored, filename)
    sent = OrderList(
        authority_id=by.authority_id,
        division_path=by.division_path,
        filename=filename,
        file_sha256=stored.sha256,
        sent_at=database.instant(session),
        sent_by_id=by.id,
    )
    session.add(sent)
    audit.record(session, sent, SENT, by=by)
    return sent


def settle(
    session: Session,
    sent: OrderList,
    *,
    header_row: int | None,
    said: Mapping[int, str],
    by: Officer,
    version: int | None,
) -> None:
    """Which row names the columns, and what they hold. Columns under another row are new ones."""
    _opened(session, sent, by=by, version=version)
    if sent.begun_at is not None:
        raise Blocked(Text("The list is being taken over; its columns stay as they are."))
    kept = said if header_row == sent.header_row else {}
    sent.header_row, sent.mapping = header_row, {str(place): one for place, one in kept.items()}
    audit.record(session, sent, SETTLED, by=by)


def begin(session: Session, sent: OrderList, *, by: Officer, version: int | None) -> None:
    """Somebody says yes. Said a second time it goes on with what was cut off."""
    _opened(session, sent, by=by, version=version)
    if sent.begun_at is None:
        sent.begun_at, sent.begun_by_id = database.instant(session), by.id
        audit.record(session, sent, BEGUN, by=by)


def finish(session: Session, sent: OrderList, tally: Tally, *, by: Officer) -> None:
    """All its rows are taken over or rejected; the file goes."""
    authorise(by, sent, Permission.ASSIGN_COMPLAINT)
    database.locked(session, sent)
    if not sent.waits:
        return
    sent.finished_at, sent.rows = database.instant(session), tally.rows
    sent.outcomes = {outcome.value: tally.outcomes[outcome] for outcome in Outcome}
    sent.rejected = [
        {"row": one.row, "number": one.number, "why": packed(one.why)}
        for one in tally.rejected
        if one.why is not None
    ]
    _let_go(session, sent)
    audit.record(
        session,
        sent,
        FINISHED,
        by=by,
        rows=tally.rows,
        created=tally.outcomes[Outcome.CREATED],
        merged=tally.outcomes[Outcome.MERGED],
        rejected=tally.outcomes[Outcome.REJECTED],
    )


def discard(session: Session, sent: OrderList, *, by: Officer, version: int | None) -> None:
    """Nothing is taken over of it; what a run that was cut off has taken over stays."""
    _opened(session, sent, by=by, version=version)
    _let_go(session, sent)
    audit.record(session, sent, DISCARDED, by=by)


def _let_go(session: Session, sent: OrderList) -> None:
    sha256, sent.file_sha256 = sent.file_sha256, None
    assert sha256 is not None, "a list that has ended has let go of its file"
    files.forget_unnamed(session, sha256)


def _opened(session: Session, sent: OrderList, *, by: Officer, version: int | None) -> None:
    authorise(by, sent, Permission.ASSIGN_COMPLAINT)
    database.locked(session, sent)
    if not sent.waits:
        raise Blocked(Text("The list was taken over or discarded already."))
    database.seen(sent, version)

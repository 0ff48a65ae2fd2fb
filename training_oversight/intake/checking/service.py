"""Looking through a file, and keeping what was found for a leader to sign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.errors import BadInput, Gone
from training_oversight.files import service as files
from training_oversight.files.storage import Stored
from training_oversight.intake import reading, remembering, retention
from training_oversight.intake.checking import rules
from training_oversight.intake.checking.rules import RowFault
from training_oversight.intake.guessing import SURE
from training_oversight.intake.models import CheckKind, LedgerCheck
from training_oversight.intake.uploading import Columns
from training_oversight.law.sentences import packed, unpacked
from training_oversight.registry import columns as institutions
from training_oversight.spreadsheets.limits import MAX_BYTES
from training_oversight.texts import Text
from training_oversight.workflow import authorise

SENT = EventType.declare("check.sent", Text("Old ledger sent"))
CHECKED = EventType.declare("check.made", Text("Old ledger looked through"), ["rows", "findings"])
FORGOTTEN = EventType.declare(
    "check.contents_deleted", Text("What the sender wrote deleted"), ["findings"]
)
FILE_DELETED = EventType.declare("check.file_deleted", Text("File of the old ledger deleted"))
MOST_ROWS = 20_000
LIMITS = {"max_rows": MOST_ROWS, "max_bytes": MAX_BYTES}
KINDS = {kind.value: kind for kind in CheckKind}


def is_sure(columns: Columns) -> bool:
    """Whether nobody needs to look at the columns before the ledger is looked through.

    Rows that are hidden or struck out are asked about: they may be what is wrong with it.
    """
    read = [one for one in columns.guesses if one.field]
    left = reading.hidden(columns.table) | reading.not_asked(columns.table)
    return "name" in columns.fields and all(one.how in SURE for one in read) and not left


def looked(columns: Columns, *, today: date) -> list[RowFault]:
    """What is wrong with its rows. Slow for a long one: call it before the transaction.

    Raises ``BadInput`` when two columns say the same or none holds the names.
    """
    columns.check()
    places = reading.fields_of(columns.mapping)
    return list(rules.findings(columns.table.rows(), places, today=today))


def receive(
    session: Session, stored: Stored, *, filename: str, sender: str, by: Officer
) -> LedgerCheck:
    """Keep the file of an old ledger until its columns are settled, and for a while after."""
    authorise(by, by, Permission.IMPORT_REGISTRY)
    files.name(session, stored, filename)
    now = database.instant(session)
    check = LedgerCheck(
        authority_id=by.authority_id,
        division_path=by.division_path,
        filename=filename,
        file_sha256=stored.sha256,
        sender=sender,
        settled=False,
        rows=0,
        findings=[],
        summary=_summary([]),
        made_by_id=by.id,
        made_at=now,
    )
    session.add(check)
    audit.record(session, check, SENT, by=by)
    return check


def settle(
    session: Session,
    check: LedgerCheck,
    columns: Columns,
    found: Sequence[RowFault],
    *,
    by: Officer,
    version: int | None,
) -> None:
    """Keep what was found, in place of what was found before; the rows are not kept."""
    authorise(by, check, Permission.IMPORT_REGISTRY)
    database.locked(session, check)
    database.seen(check, version)
    if check.file_sha256 is None:
        raise BadInput(Text("The file of this list is not kept any more."))
    table = columns.table
    check.sheet, check.header_row = table.name, table.header_row
    check.header, check.mapping, check.unread = list(table.written), columns.mapping, columns.unread
    check.rows = table.count
    check.findings = [
        {"kind": one.kind.value, "row": one.row, "name": one.name, "why": packed(one.why)}
        for one in found
    ]
    check.summary = _summary(found)
    check.settled = True
    check.made_by_id, check.made_at = by.id, database.instant(session)
    _remember(session, check, columns)
    audit.record(session, check, CHECKED, by=by, rows=check.rows, findings=len(found))


def _remember(session: Session, check: LedgerCheck, columns: Columns) -> None:
    """Columns that the register has, too, are the same for a list; the rest is of ledgers alone."""
    said = columns.to_remember
    shared = {key: field for key, field in said.items() if field in institutions.BY_FIELD}
    own = {key: field for key, field in said.items() if key not in shared}
    remembering.remember(session, check, shared, ledger=own)


def forget_file(session: Session, check: LedgerCheck, *, by: Officer, version: int | None) -> None:
    """Delete the file; what was found in it stays."""
    authorise(by, check, Permission.IMPORT_REGISTRY)
    database.locked(session, check)
    database.seen(check, version)
    sha256, check.file_sha256 = check.file_sha256, None
    if sha256 is None:
        return
    audit.record(session, check, FILE_DELETED, by=by)
    files.forget_unnamed(session, sha256)


def _summary(found: Sequence[RowFault]) -> dict[str, object]:
    """What stays of findings."""
    return {
        "kinds": dict(Counter(one.kind.value for one in found)),
        "rows": len({one.row for one in found}),
        "total": len(found),
    }


def findings(check: LedgerCheck) -> Iterator[RowFault]:
    """What was found, in sentences again."""
    for stored in check.findings:
        yield RowFault(
            KINDS[stored["kind"]], stored["row"], stored["name"], unpacked([stored["why"]])[0]
        )


def counts(check: LedgerCheck) -> dict[CheckKind, int]:
    """How many of each kind; kinds without any are there with 0."""
    counted: dict[str, int] = check.summary["kinds"]
    return {kind: counted.get(kind.value, 0) for kind in CheckKind}


def total(check: LedgerCheck) -> int:
    """How many findings there are, or were."""
    count: int = check.summary["total"]
    return count


def rows_concerned(check: LedgerCheck) -> int:
    count: int = check.summary["rows"]
    return count


def last_day(session: Session, check: LedgerCheck, *, today: date) -> date | None:
    """The last day on which the findings are there; nothing once they were deleted."""
    if check.contents_gone_on is not None:
        return None
    return retention.last_day(
        *(session, retention.CHECKS),
        authority_id=check.authority_id,
        since=check.made_at,
        today=today,
    )


def forget(session: Session, check: LedgerCheck, *, by: Officer, today: date) -> bool:
    """Delete what the sender wrote; how much was found stays. False while it is not time."""
    authorise(by, check, Permission.IMPORT_REGISTRY)
    database.locked(session, check)
    last = last_day(session, check, today=today)
    if last is None or last >= today:
        return False
    check.findings, check.contents_gone_on = [], database.written_on(session)
    check.header, check.unread = [], []
    sha256, check.file_sha256 = check.file_sha256, None
    audit.record(session, check, FORGOTTEN, by=by, findings=total(check))
    if sha256 is not None:
        files.forget_unnamed(session, sha256)
    return True


def check_there(check: LedgerCheck) -> None:
    """Raises ``Gone`` once the findings were deleted."""
    if check.contents_gone_on is not None:
        raise Gone(
            Text(
                "The findings of this check were deleted on %(day)s, as the county's settings "
                "say. Look through the ledger again if they are still needed.",
                day=check.contents_gone_on,
            )
        )

"""Looking through a file, and keeping what was found for a leader to sign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.models import Officer
from training_oversight.audit import EventType
from training_oversight.errors import BadInput, Gone
from training_oversight.law.sentences import packed, unpacked
from training_oversight.registry import retention
from training_oversight.registry.checking import rules
from training_oversight.registry.checking.columns import KNOWN, places
from training_oversight.registry.checking.rules import Finding
from training_oversight.registry.models import CheckKind, LedgerCheck
from training_oversight.spreadsheets import Table, open_table
from training_oversight.texts import Text

CHECKED = EventType.declare("check.made", Text("Old ledger looked through"), ["rows", "findings"])
FORGOTTEN = EventType.declare(
    "check.contents_deleted", Text("What the sender wrote deleted"), ["findings"]
)
MOST_ROWS = 20_000
KINDS = {kind.value: kind for kind in CheckKind}


def opened(content: bytes, filename: str) -> Table:
    """The table of the ledger. Raises ``BadInput`` without a column of names."""
    table = open_table(content, filename, KNOWN, max_rows=MOST_ROWS)
    if "name" not in places(table.header):
        raise BadInput(
            Text("No column holds the names of the institutions: call one of them 机构名称.")
        )
    return table


def looked(table: Table, *, today: date) -> list[Finding]:
    """What is wrong with its rows. Slow for a long one: call it before the transaction."""
    return list(rules.findings(table.rows(), places(table.header), today=today))


def keep(
    session: Session, table: Table, found: Sequence[Finding], *, filename: str, by: Officer
) -> LedgerCheck:
    """Keep what was found; the rows themselves are not kept."""
    check = LedgerCheck(
        authority_id=by.authority_id,
        division_path=by.division_path,
        filename=filename,
        sheet=table.name,
        rows=table.count,
        findings=[
            {"kind": one.kind.value, "row": one.row, "name": one.name, "why": packed(one.why)}
            for one in found
        ],
        summary={
            "kinds": dict(Counter(one.kind.value for one in found)),
            "rows": len({one.row for one in found}),
            "total": len(found),
        },
        made_by_id=by.id,
        made_at=database.instant(session),
    )
    session.add(check)
    audit.record(session, check, CHECKED, by=by, rows=check.rows, findings=len(found))
    return check


def findings(check: LedgerCheck) -> Iterator[Finding]:
    """What was found, in sentences again."""
    for stored in check.findings:
        yield Finding(
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
    database.locked(session, check)
    last = last_day(session, check, today=today)
    if last is None or last >= today:
        return False
    check.findings, check.contents_gone_on = [], database.written_on(session)
    audit.record(session, check, FORGOTTEN, by=by, findings=total(check))
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

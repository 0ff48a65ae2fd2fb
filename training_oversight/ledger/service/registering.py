"""Putting a problem on the ledger, and what is written beside it afterwards."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from training_oversight import audit, database, law, workflow
from training_oversight.accounts.models import Authority, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.service import check_at_work
from training_oversight.audit import EventType
from training_oversight.catalogue import numbers
from training_oversight.errors import BadInput, WrongState
from training_oversight.inspections.models import Finding
from training_oversight.inspections.workflow import FindingVerb
from training_oversight.ledger.models import OWED, RectificationItem
from training_oversight.ledger.service import limits
from training_oversight.texts import Text
from training_oversight.workflow import authorise

REGISTERED = EventType.declare("item.registered", Text("Put on the ledger"), ["number"])
EDITED = EventType.declare("item.edited", Text("Requirement or persons corrected"))
REQUIRED = EventType.declare("item.required", Text("Requirement as it was served"), ["document"])
LISTED = EventType.declare("item.listed", Text("Listed for supervision"), ["document"])
DELISTED = EventType.declare("item.delisted", Text("Taken off the supervision list"), ["document"])
REPEATED = EventType.declare("item.repeated", Text("Marked as repeated within two years"))
NOT_REPEATED = EventType.declare("item.not_repeated", Text("Mark “repeated” removed"))
EXPORTED = EventType.declare("ledger.exported", Text("Ledger exported"), ["rows"])
SERIES = "item"


def register(
    session: Session,
    finding: Finding,
    *,
    measure: str,
    responsible_party: str,
    responsible_person: str,
    officer_in_charge: Officer | None,
    limit: limits.GivenLimit | None,
    by: Officer,
    today: date,
    calendar: law.WorkingCalendar,
    version: int | None = None,
) -> RectificationItem:
    """Give the finding a number on the ledger. Without a limit it waits for a notice."""
    with workflow.moving(session, finding, FindingVerb.REGISTER, by=by, version=version):
        finding.decided_by_id = by.id
    item = _of(finding, by=by, today=today)
    item.measure, item.responsible_party = measure, responsible_party
    item.responsible_person = responsible_person
    if officer_in_charge is not None:
        check_at_work(officer_in_charge, on=today, field="officer_in_charge_id")
        item.officer_in_charge_id = officer_in_charge.id
    item.serial = numbers.take(
        session, authority_id=finding.authority_id, series=SERIES, year=today.year
    )
    audit.created(session, item, REGISTERED, by=by, number=item.number)
    if limit is not None:
        limits.check_limit(item, limit, today=today)
        limits.give(session, item, limit, by=by, today=today, calendar=calendar)
    return item


def _of(finding: Finding, *, by: Officer, today: date) -> RectificationItem:
    return RectificationItem(
        authority_id=finding.authority_id,
        division_path=finding.division_path,
        year=today.year,
        institution_id=finding.institution_id,
        finding_id=finding.id,
        violation_type_id=finding.violation_type_id,
        violation_code=finding.violation_type.code,
        severity=finding.severity,
        title=finding.title,
        facts=finding.facts,
        found_on=finding.found_on,
        registered_on=today,
        registered_by_id=by.id,
    )


def edit(
    session: Session,
    item: RectificationItem,
    *,
    measure: str,
    responsible_party: str,
    responsible_person: str,
    officer_in_charge: Officer | None,
    by: Officer,
    version: int | None = None,
) -> None:
    """Correct the requirement and the persons of an item that is still on the ledger."""
    _writable(session, item, Permission.MANAGE_ITEM, by=by, version=version)
    charge = officer_in_charge.id if officer_in_charge else None
    if charge is not None and charge == item.verified_by_id:
        sentence = Text(
            "%(name)s verified this item and cannot be responsible for it as well.",
            name=officer_in_charge.name if officer_in_charge else "",
        )
        raise BadInput(sentence, {"officer_in_charge_id": sentence})
    if officer_in_charge is not None and charge != item.officer_in_charge_id:
        on = database.written_on(session)
        check_at_work(officer_in_charge, on=on, field="officer_in_charge_id")
    with audit.editing(session, item, EDITED, by=by):
        item.measure, item.responsible_party = measure, responsible_party
        item.responsible_person, item.officer_in_charge_id = responsible_person, charge


def list_for_supervision(
    session: Session,
    item: RectificationItem,
    *,
    document: str,
    by: Officer,
    version: int | None = None,
) -> None:
    """Mark that a superior has listed it (挂牌督办); ``document`` says where that stands."""
    _flag(session, item, listed=True, document=document, by=by, version=version)


def delist(
    session: Session,
    item: RectificationItem,
    *,
    document: str,
    by: Officer,
    version: int | None = None,
) -> None:
    _flag(session, item, listed=False, document=document, by=by, version=version)


def _flag(
    session: Session,
    item: RectificationItem,
    *,
    listed: bool,
    document: str,
    by: Officer,
    version: int | None,
) -> None:
    _writable(session, item, Permission.APPROVE_CLOSE_OUT, by=by, version=version)
    kind = LISTED if listed else DELISTED
    with audit.editing(session, item, kind, by=by, note=document, document=document):
        item.listed = listed


def require(
    session: Session, item: RectificationItem, *, wording: str, document: str, by: Officer
) -> None:
    """What a served paper asks is what is required; the history keeps the earlier wording.

    What has left the ledger keeps its own.
    """
    authorise(by, item, Permission.SERVE_NOTICE)
    database.locked(session, item)
    if item.state in OWED and wording:
        with audit.editing(session, item, REQUIRED, by=by, note=document, document=document):
            item.measure = wording


def mark_repeated(
    session: Session, item: RectificationItem, *, repeated: bool, by: Officer
) -> None:
    """Say whether it is a repeat within two years of a served order or a penalty.

    Papers are known to upper areas only: they decide, this keeps it.
    """
    authorise(by, item, Permission.MANAGE_ITEM)
    database.locked(session, item)
    with audit.editing(session, item, REPEATED if repeated else NOT_REPEATED, by=by):
        item.repeated = repeated


def _writable(
    session: Session,
    item: RectificationItem,
    permission: Permission,
    *,
    by: Officer,
    version: int | None,
) -> None:
    authorise(by, item, permission)
    database.locked(session, item)
    database.seen(item, version)
    if item.state not in OWED:
        raise WrongState(
            Text("The item has left the ledger: it is “%(state)s”.", state=item.state.label)
        )


def record_export(
    session: Session, authority: Authority, *, rows: int, words: str, by: Officer
) -> None:
    """Note that the ledger left the building as a file, and how much of it."""
    authorise(by, by, Permission.EXPORT_LEDGER)
    audit.record(session, authority, EXPORTED, by=by, note=words, rows=rows)

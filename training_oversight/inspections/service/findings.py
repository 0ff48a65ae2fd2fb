"""What a visit, a document or somebody else has found, and what becomes of it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from training_oversight import audit, database, workflow
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.catalogue.models import Severity, ViolationType
from training_oversight.errors import BadInput, Checks, WrongState
from training_oversight.inspections import sources
from training_oversight.inspections.models import Finding, Visit
from training_oversight.inspections.service.drafts import FindingDraft, Handling
from training_oversight.inspections.workflow import FindingState, FindingVerb
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.workflow import authorise

TITLE_LENGTH = 40
SENTENCE_ENDS = "。；;\n"

FOUND = EventType.declare("finding.added", Text("Problem recorded"))
CHANGED = EventType.declare("finding.changed", Text("Problem corrected"))


def add_finding(
    session: Session,
    institution: Institution,
    *,
    source: str,
    source_key: int | None = None,
    violation_type: ViolationType,
    severity: Severity,
    title: str,
    facts: str,
    found_on: date,
    by: Officer,
    today: date,
    checklist_item_code: str | None = None,
    client_key: UUID | None = None,
) -> Finding:
    """Record a problem; it waits to be registered, put right or set aside.

    Without a title the first sentence of the facts is it. Raises ``BadInput``.
    """
    authorise(by, institution, Permission.LOG_VISIT)
    sources.check(source, source_key)
    _refuse_unfit(facts, found_on, today=today)
    finding = Finding(
        authority_id=institution.authority_id,
        division_path=institution.division_path,
        institution_id=institution.id,
        source_kind=source,
        source_key=source_key,
        violation_type_id=violation_type.id,
        severity=severity,
        title=title.strip() or headline(facts),
        facts=facts.strip(),
        found_on=found_on,
        checklist_item_code=checklist_item_code,
        client_key=str(client_key) if client_key else None,
        entered_by_id=by.id,
        entered_at=database.instant(session),
        state=FindingState.PENDING,
    )
    audit.created(session, finding, FOUND, by=by)
    return finding


def _refuse_unfit(facts: str, found_on: date, *, today: date) -> None:
    checks = Checks()
    with checks.each():
        if not facts.strip():
            sentence = Text("Say what was seen: when, where, how many.")
            raise BadInput(sentence, {"facts": sentence})
    with checks.each():
        if found_on > today:
            sentence = Text("The day cannot be later than today (%(today)s).", today=today)
            raise BadInput(sentence, {"found_on": sentence})
    checks.settle()


def headline(facts: str) -> str:
    """The first sentence of the facts, as the ledger's one line."""
    plain = facts.strip()
    end = min((at for mark in SENTENCE_ENDS if (at := plain.find(mark)) > 0), default=len(plain))
    return plain[:end] if end <= TITLE_LENGTH else plain[: TITLE_LENGTH - 1] + "…"


def add_drafted(
    session: Session, visit: Visit, draft: FindingDraft, *, by: Officer, today: date, on: date
) -> Finding:
    """A problem of a visit with what the inspector did about it at once."""
    finding = add_finding(
        session,
        visit.institution,
        source=sources.VISIT,
        source_key=visit.id,
        violation_type=draft.violation_type,
        severity=draft.severity,
        title=draft.title,
        facts=draft.facts,
        found_on=on,
        checklist_item_code=draft.checklist_item_code,
        client_key=draft.client_key,
        by=by,
        today=today,
    )
    handle(session, finding, draft.handling, note=draft.note, by=by)
    return finding


def add_reported(
    session: Session,
    institution: Institution,
    draft: FindingDraft,
    *,
    source: str,
    found_on: date,
    by: Officer,
    today: date,
) -> Finding:
    """A problem that a document, a leader or another office brought, and no record of ours."""
    finding = add_finding(
        session,
        institution,
        source=source,
        violation_type=draft.violation_type,
        severity=draft.severity,
        title=draft.title,
        facts=draft.facts,
        found_on=found_on,
        by=by,
        today=today,
    )
    handle(session, finding, draft.handling, note=draft.note, by=by)
    return finding


def handle(
    session: Session, finding: Finding, handling: Handling, *, note: str, by: Officer
) -> None:
    """Do what was chosen. What goes onto the ledger waits there for its measure and limit."""
    if handling is Handling.FIXED:
        fix_on_spot(session, finding, note=note, by=by)
    elif handling is Handling.SET_ASIDE:
        set_aside(session, finding, reason=note, by=by)


def change_finding(
    session: Session,
    finding: Finding,
    draft: FindingDraft,
    *,
    by: Officer,
    version: int | None = None,
) -> None:
    """Correct a problem that nobody has decided on yet, and decide on it if so chosen."""
    authorise(by, finding, Permission.LOG_VISIT)
    database.locked(session, finding)
    database.seen(finding, version)
    if finding.state is not FindingState.PENDING:
        raise WrongState(
            Text("This problem is “%(state)s” and stays as it is.", state=finding.state)
        )
    _refuse_unfit(draft.facts, finding.found_on, today=finding.found_on)
    with audit.editing(session, finding, CHANGED, by=by):
        finding.violation_type_id = draft.violation_type.id
        finding.severity = draft.severity
        finding.facts = draft.facts.strip()
        finding.title = draft.title.strip() or headline(draft.facts)
    handle(session, finding, draft.handling, note=draft.note, by=by)


def fix_on_spot(
    session: Session, finding: Finding, *, note: str, by: Officer, version: int | None = None
) -> None:
    """It was put right while the inspectors stood there; the note says how."""
    if not note.strip():
        sentence = Text("Say how it was put right, and who saw it.")
        raise BadInput(sentence, {"note": sentence})
    _decide(session, finding, FindingVerb.FIX, note=note, by=by, version=version)


def set_aside(
    session: Session, finding: Finding, *, reason: str, by: Officer, version: int | None = None
) -> None:
    """It is not pursued; the reason stays with it."""
    if not reason.strip():
        sentence = Text("Give the reason why it is not registered.")
        raise BadInput(sentence, {"note": sentence})
    _decide(session, finding, FindingVerb.SET_ASIDE, note=reason, by=by, version=version)


def _decide(
    session: Session,
    finding: Finding,
    verb: FindingVerb,
    *,
    note: str,
    by: Officer,
    version: int | None,
) -> None:
    plain = note.strip()
    with workflow.moving(session, finding, verb, by=by, note=plain, version=version):
        finding.decided_note = plain
        finding.decided_by_id = by.id

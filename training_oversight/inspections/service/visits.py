"""Visits: planned, begun, finished, not possible, entered afterwards, corrected."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from training_oversight import audit, clock, database, workflow
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.service import check_at_work
from training_oversight.audit import EventType
from training_oversight.errors import BadInput, Checks
from training_oversight.inspections import queries
from training_oversight.inspections.models import (
    Approval,
    Visit,
    VisitOfficer,
)
from training_oversight.inspections.service import findings
from training_oversight.inspections.service.drafts import VisitDraft
from training_oversight.inspections.service.on_site import close, locate, save_answers
from training_oversight.inspections.service.sent_before import sent_before
from training_oversight.inspections.workflow import VisitState, VisitVerb
from training_oversight.registry import service as registry
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.workflow import authorise

MORNING = time(9)
PLANNED = EventType.declare("visit.planned", Text("Visit planned"), ["officers", "happened_at"])
LOGGED = EventType.declare("visit.logged", Text("Visit logged"), ["officers", "happened_at"])


def at_morning(day: date) -> datetime:
    """When a visit begins that is planned for a day and no hour."""
    return clock.from_local(datetime.combine(day, MORNING))


def log_visit(session: Session, *, draft: VisitDraft, by: Officer, today: date) -> Visit:
    """Enter a visit that has taken place, with its answers and problems, all or nothing.

    What does not comply and has no problem keeps it under way: finishing it asks for each.

    Saved also without certificate, position or approval: what is missing is shown, and
    only a notice cannot be founded on it. Sent a second time under one key, it is the visit that
    it was. Raises ``BadInput``.
    """
    if (known := sent_before(session, draft.client_key, by=by)) is not None:
        return known
    refuse_future(session, draft)
    visit = _create(session, draft, LOGGED, by=by, today=today)
    save_answers(session, visit, draft.answers, by=by)
    for found in draft.findings:
        on = clock.day_of(visit.happened_at)
        findings.add_drafted(session, visit, found, by=by, today=today, on=on)
    if queries.unexplained(session, visit):
        workflow.move(session, visit, VisitVerb.START, by=by)
        visit.unanswered_reason = draft.unanswered_reason
        return visit
    reason = draft.unanswered_reason or ""
    close(session, visit, reason, ended_at=draft.ended_at, by=by, version=None)
    return visit


def plan(session: Session, *, draft: VisitDraft, by: Officer, today: date) -> Visit:
    """Put a visit on the list of what is to be inspected; ``happened_at`` is when it shall be."""
    known = sent_before(session, draft.client_key, by=by)
    return known or _create(session, draft, PLANNED, by=by, today=today)


def begin(session: Session, *, draft: VisitDraft, by: Officer, today: date) -> Visit:
    """Stand before the door and begin: a visit that nobody had planned."""
    if (known := sent_before(session, draft.client_key, by=by)) is not None:
        return known
    refuse_future(session, draft)
    visit = _create(session, draft, LOGGED, by=by, today=today)
    workflow.move(session, visit, VisitVerb.START, by=by)
    return visit


def refuse_future(session: Session, draft: VisitDraft) -> None:
    now, checks = database.instant(session), Checks()
    with checks.each():
        if draft.happened_at > now:
            sentence = Text("The visit cannot be later than now (%(now)s).", now=now)
            raise BadInput(sentence, {"happened_at": sentence})
    with checks.each():
        refuse_end(draft.happened_at, draft.ended_at, now)
    checks.settle()


def refuse_end(begun: datetime, ended: datetime | None, now: datetime) -> None:
    """No visit ends before it began, or later than now; one that is planned has no end yet."""
    if ended is not None and not begun <= ended <= now:
        sentence = Text("The end lies between the beginning of the visit and now.")
        raise BadInput(sentence, {"ended_at": sentence})


def _create(
    session: Session, draft: VisitDraft, event: EventType, *, by: Officer, today: date
) -> Visit:
    check_officers(draft)
    institution = _placed(session, draft, by=by, today=today)
    authorise(by, institution, Permission.LOG_VISIT)
    visit = Visit(
        authority_id=institution.authority_id,
        division_path=institution.division_path,
        institution=institution,
        entered_at=database.instant(session),
        entered_by_id=by.id,
        state=VisitState.PLANNED,
        client_key=str(draft.client_key) if draft.client_key else None,
        checklist_id=draft.checklist.id if draft.checklist else None,
        unanswered_reason=None,
        not_possible=None,
        **told(draft),
    )
    visit.officer_rows = [
        VisitOfficer(officer_id=one.id, certificate_number=one.certificate_number)
        for one in draft.officers
    ]
    locate(visit, draft.position, draft.position_accuracy, draft.position_source)
    names = [one.name for one in draft.officers]
    audit.created(session, visit, event, by=by, officers=names, happened_at=visit.happened_at)
    return visit


def check_officers(draft: VisitDraft, *, known: Collection[int] = ()) -> None:
    """Whoever inspects works here on the day of the visit; who is on it already stays."""
    check_at_work_on(draft.officers, on=clock.day_of(draft.happened_at), known=known)


def check_at_work_on(officers: Sequence[Officer], *, on: date, known: Collection[int]) -> None:
    for one in officers:
        if one.id not in known:
            check_at_work(one, on=on, field="officers")


def told(draft: VisitDraft) -> dict[str, Any]:
    """The columns that an officer tells, and may correct."""
    approved = draft.approval is Approval.APPROVED
    return {
        "kind": draft.kind,
        "purpose": draft.purpose,
        "approval": draft.approval,
        "approved_by_name": draft.approved_by_name or None,
        "approved_on": draft.approved_on if approved else None,
        "outside_number": draft.outside_number or None,
        "happened_at": draft.happened_at,
        "ended_at": draft.ended_at,
        "helpers": draft.helpers,
        "representative": draft.representative or None,
        "representative_role": draft.representative_role or None,
        "statement": draft.statement,
        "minutes": draft.minutes,
    }


def _placed(session: Session, draft: VisitDraft, *, by: Officer, today: date) -> Institution:
    """The institution; an unknown place becomes one here and now."""
    if isinstance(draft.place, Institution):
        return draft.place
    seen = draft.place
    values = registry.InstitutionValues(
        name=seen.name,
        informal_name=True,
        division_id=seen.division.id,
        address=seen.address,
        kind_code=seen.kind_code,
        premises=seen.premises,
        # Not shown is not absent: what was seen is written down, and nothing concluded.
        note=str(_not_shown(draft)) if seen.unregistered else "",
    )
    return registry.create(session, values=values, by=by, today=today)


def _not_shown(draft: VisitDraft) -> Text:
    day = clock.day_of(draft.happened_at)
    return Text("No permit or registration was shown on %(day)s.", day=day)

"""Visits: planned, begun, finished, not possible, entered afterwards, corrected."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from training_oversight import audit, clock, database, places, workflow
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.service import check_at_work
from training_oversight.audit import EventType
from training_oversight.catalogue.models import Checklist
from training_oversight.errors import BadInput, WrongState
from training_oversight.inspections import queries
from training_oversight.inspections.models import (
    Answer,
    Approval,
    Visit,
    VisitAnswer,
    VisitOfficer,
)
from training_oversight.inspections.service import findings
from training_oversight.inspections.service.drafts import ClosingWords, VisitDraft
from training_oversight.inspections.service.sent_before import sent_before
from training_oversight.inspections.workflow import VisitState, VisitVerb
from training_oversight.places import Position
from training_oversight.registry import service as registry
from training_oversight.registry.models import Institution, LegalForm, PositionSource
from training_oversight.texts import Text
from training_oversight.workflow import authorise

PLANNED = EventType.declare("visit.planned", Text("Visit planned"), ["officers", "happened_at"])
LOGGED = EventType.declare("visit.logged", Text("Visit logged"), ["officers", "happened_at"])
# Of one save: question -> answer.
ANSWERED = EventType.declare("visit.answered", Text("Answer saved"), ["answers"])
LOCATED = EventType.declare("visit.located", Text("Position recorded"))
OPEN = (VisitState.PLANNED, VisitState.UNDER_WAY)


def log_visit(session: Session, *, draft: VisitDraft, by: Officer, today: date) -> Visit:
    """Enter a visit that has taken place, with its answers and problems, all or nothing.

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
    reason = draft.unanswered_reason or ""
    _close(session, visit, reason, ended_at=draft.ended_at, by=by, version=None)
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
    now = database.instant(session)
    if draft.happened_at > now:
        sentence = Text("The visit cannot be later than now (%(now)s).", now=now)
        raise BadInput(sentence, {"happened_at": sentence})
    refuse_end(draft.happened_at, draft.ended_at, now)


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
    on = clock.day_of(draft.happened_at)
    for one in draft.officers:
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
        legal_form=LegalForm.UNREGISTERED if seen.unregistered else None,
    )
    return registry.create(session, values=values, by=by, today=today)


def locate(
    visit: Visit,
    position: Position | None,
    accuracy: int | None,
    source: PositionSource | None,
) -> None:
    """Note where it was logged, and the distance to the registered place as it is now."""
    visit.latitude = position.latitude if position else None
    visit.longitude = position.longitude if position else None
    visit.position_accuracy = accuracy if position else None
    visit.position_source = (source or PositionSource.TYPED) if position else None
    there = _registered(visit.institution)
    visit.distance = places.distance(position, there) if position and there else None


def position_of(visit: Visit) -> Position | None:
    """Where it was logged, to the centimetre that a form can hold."""
    if visit.latitude is None or visit.longitude is None:
        return None
    return places.parse(str(Position(visit.latitude, visit.longitude)))


def _registered(institution: Institution) -> Position | None:
    venue = institution.main_venue
    if venue is None or venue.latitude is None or venue.longitude is None:
        return None
    return Position(venue.latitude, venue.longitude)


def note_position(
    session: Session,
    visit: Visit,
    position: Position,
    *,
    accuracy: int | None,
    source: PositionSource,
    by: Officer,
) -> None:
    """Record where the inspectors stand, while the visit is under way."""
    authorise(by, visit, Permission.LOG_VISIT)
    database.locked(session, visit)
    _refuse_closed(visit)
    with audit.editing(session, visit, LOCATED, by=by):
        locate(visit, position, accuracy, source)


def _refuse_closed(visit: Visit) -> None:
    if visit.state not in OPEN:
        raise WrongState(
            Text(
                "The visit is “%(state)s” already. Correct it on its page, with a reason.",
                state=visit.state,
            )
        )


def start(session: Session, visit: Visit, *, by: Officer, version: int | None = None) -> None:
    """The planned visit begins now."""
    with workflow.moving(session, visit, VisitVerb.START, by=by, version=version):
        visit.happened_at = database.instant(session)


def save_answer(
    session: Session, visit: Visit, item: str, answer: Answer, *, by: Officer, note: str = ""
) -> None:
    """Keep one answer of the checklist; the last one counts, the history has all."""
    save_answers(session, visit, {item: answer}, by=by, notes={item: note} if note else {})


def save_answers(
    session: Session,
    visit: Visit,
    answers: Mapping[str, Answer],
    *,
    by: Officer,
    notes: Mapping[str, str] | None = None,
) -> None:
    """Keep answers, in a handful of statements however many; the same as before is no event."""
    authorise(by, visit, Permission.LOG_VISIT)
    if not answers:
        return
    database.locked(session, visit)
    _refuse_closed(visit)
    _refuse_unknown(visit.checklist, answers)
    present = {row.item_code: row for row in queries.answers(session, visit)}
    changed = {}
    for item, answer in answers.items():
        row = present.get(item)
        note = (notes or {}).get(item, row.note if row else "")
        if row is None:
            session.add(VisitAnswer(visit_id=visit.id, item_code=item, answer=answer, note=note))
        elif (row.answer, row.note) != (answer, note):
            row.answer, row.note = answer, note
        else:
            continue
        changed[item] = answer.value
    if changed:
        audit.record(session, visit, ANSWERED, by=by, answers=changed)


def _refuse_unknown(checklist: Checklist | None, answers: Mapping[str, Answer]) -> None:
    known = {item["code"] for item in checklist.items} if checklist else set()
    unknown = sorted(answers.keys() - known)
    if unknown:
        raise BadInput(
            Text("The checklist of this visit has no question “%(code)s”.", code=unknown[0])
        )


def finish(
    session: Session,
    visit: Visit,
    *,
    by: Officer,
    unanswered_reason: str = "",
    words: ClosingWords | None = None,
    version: int | None = None,
) -> None:
    """The visit is over. Questions may stay open, with a reason; else ``BadInput``."""
    now = database.instant(session)
    if visit.happened_at > now:
        raise WrongState(
            Text(
                "This visit is planned for %(at)s. Begin it when you stand there, or correct its "
                "time.",
                at=visit.happened_at,
            )
        )
    _close(
        session,
        visit,
        unanswered_reason,
        ended_at=now,
        by=by,
        version=version,
        words=words,
    )


def _close(
    session: Session,
    visit: Visit,
    unanswered_reason: str,
    *,
    ended_at: datetime | None,
    by: Officer,
    version: int | None,
    words: ClosingWords | None = None,
) -> None:
    reason = unanswered_reason.strip()
    if queries.unanswered(session, visit) and not reason:
        sentence = Text("Say why questions stay unanswered, or answer them.")
        raise BadInput(sentence, {"unanswered_reason": sentence})
    with workflow.moving(session, visit, VisitVerb.FINISH, by=by, version=version):
        visit.ended_at = ended_at
        visit.unanswered_reason = reason or None
        if words is not None:
            visit.representative = words.representative or None
            visit.representative_role = words.representative_role or None
            visit.statement, visit.minutes = words.statement, words.minutes

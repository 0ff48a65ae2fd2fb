"""What inspectors write down while they stand inside: where, answers, the end of the visit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from training_oversight import audit, database, places, workflow
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.catalogue.models import Checklist
from training_oversight.errors import BadInput, WrongState
from training_oversight.inspections import queries
from training_oversight.inspections.models import (
    Answer,
    Visit,
    VisitAnswer,
)
from training_oversight.inspections.service.drafts import ClosingWords
from training_oversight.inspections.workflow import VisitState, VisitVerb
from training_oversight.places import Position
from training_oversight.registry.models import Institution, PositionSource
from training_oversight.texts import Text
from training_oversight.workflow import authorise

# Of one save: question -> answer.
ANSWERED = EventType.declare("visit.answered", Text("Answer saved"), ["answers"])
LOCATED = EventType.declare("visit.located", Text("Position recorded"))
OPEN = (VisitState.PLANNED, VisitState.UNDER_WAY)


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


def _registered(institution: Institution) -> Position | None:
    venue = institution.main_venue
    if venue is None or venue.latitude is None or venue.longitude is None:
        return None
    return Position(venue.latitude, venue.longitude)


def position_of(visit: Visit) -> Position | None:
    """Where it was logged, to the centimetre that a form can hold."""
    if visit.latitude is None or visit.longitude is None:
        return None
    return places.parse(str(Position(visit.latitude, visit.longitude)))


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
    refuse_closed(visit)
    with audit.editing(session, visit, LOCATED, by=by):
        locate(visit, position, accuracy, source)


def refuse_closed(visit: Visit) -> None:
    if visit.state not in OPEN:
        raise WrongState(
            Text(
                "The visit is “%(state)s” already. Correct it on its page, with a reason.",
                state=visit.state,
            )
        )


def start(
    session: Session,
    visit: Visit,
    *,
    by: Officer,
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """The planned visit begins now, or began when a phone without network noted it."""
    with workflow.moving(session, visit, VisitVerb.START, by=by, version=version):
        visit.happened_at = at or database.instant(session)


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
    refuse_closed(visit)
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
    whys: Mapping[str, str] | None = None,
    words: ClosingWords | None = None,
    version: int | None = None,
    ended_at: datetime | None = None,
) -> None:
    """The visit is over, now or when a phone without network noted it.

    Questions may stay open, with a reason; else ``BadInput``.

    ``whys`` says of what does not comply why it is no problem, by the code of the question.
    """
    now = database.instant(session)
    told = {code: why.strip() for code, why in (whys or {}).items() if why.strip()}
    no = dict.fromkeys(told, Answer.NO)
    if visit.happened_at > now:
        raise WrongState(
            Text(
                "This visit is planned for %(at)s. Begin it when you stand there, or correct its "
                "time.",
                at=visit.happened_at,
            )
        )
    database.seen(visit, version)
    save_answers(session, visit, no, by=by, notes=told)
    close(
        session,
        visit,
        unanswered_reason,
        ended_at=ended_at or (visit.ended_at if visit.entered_later else now),
        by=by,
        version=version,
        words=words,
    )


def close(
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
    _refuse_unsaid(session, visit, reason)
    with workflow.moving(session, visit, VisitVerb.FINISH, by=by, version=version):
        visit.ended_at = ended_at
        visit.unanswered_reason = reason or None
        if words is not None:
            visit.representative = words.representative or None
            visit.representative_role = words.representative_role or None
            visit.statement, visit.minutes = words.statement, words.minutes


def why_field(code: str) -> str:
    """Under which name a form asks why what does not comply is no problem."""
    return f"why_{code}"


def _refuse_unsaid(session: Session, visit: Visit, reason: str) -> None:
    """No question is left without a word, and what does not comply is not lost."""
    sentence = Text("Write down the problem, or say why it is none.")
    faults = {why_field(one.code): sentence for one in queries.unexplained(session, visit)}
    if queries.unanswered(session, visit) and not reason:
        sentence = Text("Say why questions stay unanswered, or answer them.")
        faults["unanswered_reason"] = sentence
    if faults:
        raise BadInput(sentence, faults)

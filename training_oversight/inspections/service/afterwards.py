"""What is recorded of a visit later: an attempt that failed, its approval, a correction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, clock, database, workflow
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.errors import BadInput, WrongState
from training_oversight.inspections import queries
from training_oversight.inspections.duties import Duty
from training_oversight.inspections.models import (
    Approval,
    NotPossible,
    Visit,
    VisitOfficer,
)
from training_oversight.inspections.service.drafts import VisitDraft
from training_oversight.inspections.service.on_site import locate, position_of, refuse_closed
from training_oversight.inspections.service.visits import (
    at_morning,
    check_at_work_on,
    check_officers,
    plan,
    refuse_end,
    refuse_future,
    told,
)
from training_oversight.inspections.workflow import VisitState, VisitVerb
from training_oversight.texts import Text
from training_oversight.workflow import authorise

APPROVED = EventType.declare("visit.approval_recorded", Text("Approval recorded"))
TEAM = EventType.declare("visit.team_named", Text("Who inspects was said"), ["officers"])
CORRECTED = EventType.declare("visit.corrected", Text("Visit corrected"), ["officers"])


def not_possible(
    session: Session,
    visit: Visit,
    *,
    kind: NotPossible,
    note: str,
    again_on: date,
    by: Officer,
    today: date,
    version: int | None = None,
) -> Visit:
    """Nobody could inspect. The duty goes over to the next attempt, planned and returned."""
    if again_on < today:
        sentence = Text("The next attempt cannot be before today (%(today)s).", today=today)
        raise BadInput(sentence, {"again_on": sentence})
    with workflow.moving(
        session, visit, VisitVerb.NOT_POSSIBLE, by=by, note=note.strip(), version=version
    ):
        visit.not_possible = kind
    again = plan(session, draft=_again(session, visit, again_on), by=by, today=today)
    Duty.go_over(session, visit, again, by=by)
    return again


def _again(session: Session, visit: Visit, on: date) -> VisitDraft:
    return VisitDraft(
        place=visit.institution,
        kind=visit.kind,
        purpose=visit.purpose,
        happened_at=at_morning(on),
        officers=queries.officers(session, visit),
        approval=Approval.NOT_NEEDED
        if visit.approval is Approval.NOT_NEEDED
        else Approval.TO_FOLLOW,
        checklist=visit.checklist,
    )


def record_approval(
    session: Session,
    visit: Visit,
    *,
    approved_by_name: str,
    approved_on: date,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """Approval given afterwards, or found in the files."""
    authorise(by, visit, Permission.LOG_VISIT)
    if approved_on > today:
        sentence = Text("The day cannot be later than today (%(today)s).", today=today)
        raise BadInput(sentence, {"approved_on": sentence})
    database.locked(session, visit)
    database.seen(visit, version)
    with audit.editing(session, visit, APPROVED, by=by):
        visit.approval = Approval.APPROVED
        visit.approved_by_name = approved_by_name
        visit.approved_on = approved_on


def approve(session: Session, visits: Sequence[Visit], *, by: Officer, today: date) -> int:
    """The head approves what has been, all that was ticked; how many it were.

    What somebody else has approved meanwhile stays as it is.
    """
    done = 0
    for visit in visits:
        authorise(by, visit, Permission.APPROVE_VISIT)
        database.locked(session, visit)
        if not visit.lacks_approval:
            continue
        with audit.editing(session, visit, APPROVED, by=by):
            visit.approval = Approval.APPROVED
            visit.approved_by_name = by.name
            visit.approved_on = today
        done += 1
    return done


def join(session: Session, visit: Visit, *, by: Officer) -> None:
    """Go along with a visit that somebody else has planned, instead of another one (综合查一次)."""
    authorise(by, visit, Permission.LOG_VISIT)
    database.locked(session, visit)
    if visit.state is not VisitState.PLANNED:
        raise WrongState(
            Text("The visit is “%(state)s” already; nobody joins it now.", state=visit.state)
        )
    check_at_work_on([by], on=clock.day_of(visit.happened_at), known=())
    there = queries.officers(session, visit)
    if by.id not in {one.id for one in there}:
        names = _replace_officers(session, visit, [*there, by])
        audit.record(session, visit, TEAM, by=by, officers=names)


def name_team(session: Session, visit: Visit, officers: Sequence[Officer], *, by: Officer) -> None:
    """Who inspects, said while the visit is open. Raises ``BadInput`` of who does not work here."""
    authorise(by, visit, Permission.LOG_VISIT)
    database.locked(session, visit)
    refuse_closed(visit)
    known = [row.officer_id for row in visit.officer_rows]
    check_at_work_on(officers, on=clock.day_of(visit.happened_at), known=known)
    if names := _replace_officers(session, visit, officers):
        audit.record(session, visit, TEAM, by=by, officers=names)


def correct(
    session: Session,
    visit: Visit,
    draft: VisitDraft,
    *,
    reason: str,
    by: Officer,
    version: int | None = None,
) -> None:
    """Put right what was entered wrongly. What stood before stays in the history."""
    authorise(by, visit, Permission.LOG_VISIT)
    if not reason.strip():
        sentence = Text("Say why it is corrected.")
        raise BadInput(sentence, {"reason": sentence})
    if visit.state is VisitState.PLANNED:
        refuse_end(draft.happened_at, draft.ended_at, database.instant(session))
    else:
        refuse_future(session, draft)
    database.locked(session, visit)
    database.seen(visit, version)
    check_officers(draft, known=[row.officer_id for row in visit.officer_rows])
    Duty.keep(session, visit, draft)
    names = _replace_officers(session, visit, draft.officers)
    before = audit.differences.snapshot(visit)
    for column, value in told(draft).items():
        setattr(visit, column, value)
    if draft.position != position_of(visit):
        locate(visit, draft.position, draft.position_accuracy, draft.position_source)
    changes = audit.differences.difference(before, audit.differences.snapshot(visit))
    facts: dict[str, Any] = {"officers": names} if names else {}
    audit.record(session, visit, CORRECTED, by=by, note=reason.strip(), changes=changes, **facts)


def _replace_officers(session: Session, visit: Visit, officers: Sequence[Officer]) -> list[str]:
    """Their names if they changed. Who stays keeps the certificate number of that day."""
    present = {row.officer_id: row for row in visit.officer_rows}
    if present.keys() == {one.id for one in officers}:
        return []
    for row in visit.officer_rows:
        session.expunge(row)
    session.execute(sa.delete(VisitOfficer).where(VisitOfficer.visit_id == visit.id))
    session.add_all(
        VisitOfficer(
            visit_id=visit.id,
            officer_id=one.id,
            certificate_number=present[one.id].certificate_number
            if one.id in present
            else one.certificate_number,
        )
        for one in officers
    )
    session.flush()
    session.expire(visit, ["officer_rows", "officers"])
    return [one.name for one in officers]

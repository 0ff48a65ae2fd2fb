"""One order: what was told, who owes the answer, by when, what was done."""

from __future__ import annotations

import flask
from flask import render_template
from flask.typing import ResponseReturnValue

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import queries as audit
from training_oversight.catalogue import queries as catalogue
from training_oversight.complaints import explaining, next_steps, presenting, queries, timeline
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.queries import After, Bounced
from training_oversight.complaints.views.blueprint import bp, found, numbers
from training_oversight.complaints.workflow import OPEN, WITH_DEPARTMENT, ComplaintState
from training_oversight.database import current_session
from training_oversight.errors import NotFound
from training_oversight.files import sending
from training_oversight.files.queries import evidence
from training_oversight.inspections import presenting as visits
from training_oversight.ledger import presenting as ledger
from training_oversight.web.contributions import contributions
from training_oversight.web.marks import requires


@bp.route("/<int:complaint_id>")
@requires(Permission.VIEW_COMPLAINTS)
def show(complaint_id: int) -> ResponseReturnValue:
    """What the reporter said in their own words only the desk and the handler read."""
    session, officer, today = current_session(), current_officer(), clock.today()
    complaint = found(complaint_id)
    after = queries.after_answers(session, [complaint.id]).get(complaint.id, After())
    reads = queries.may_see_reporter(officer, complaint)
    kept = evidence(session, {Complaint.__tablename__: [complaint.id]}, officer.scope)
    return render_template(
        "complaints/show.html",
        complaint=complaint,
        box=next_steps.box(complaint, after, officer),
        reads=reads,
        subject=_subject(complaint),
        limits=explaining.rows(session, complaint, today),
        visits=queries.visits_of(session, complaint),
        items=queries.items_of(session, complaint) if officer.may(Permission.VIEW_LEDGER) else [],
        item_state=ledger.state_of,
        visit_status=visits.visit_status,
        bounced=presenting.bounced(
            queries.bounced(session, [complaint.id]).get(complaint.id, Bounced())
        ),
        similar=_similar(complaint) if officer.may(Permission.ASSIGN_COMPLAINT) else [],
        files=kept.all_of(complaint) if reads else [],
        answer_files={one.id: kept.came_with(one) for one in complaint.answers},
        history=timeline.entries(session, audit.history(session, complaint)),
        with_department=complaint.state in WITH_DEPARTMENT,
        may_urge=officer.may_any((Permission.ASSIGN_COMPLAINT, Permission.DECIDE_COMPLAINT)),
        may_link=officer.may_any((Permission.ASSIGN_COMPLAINT, Permission.HANDLE_COMPLAINT)),
        reads_registry=officer.may(Permission.VIEW_REGISTRY),
        reads_visits=officer.may(Permission.VIEW_VISITS),
        may_visit=officer.may(Permission.LOG_VISIT),
        raised=queries.raised(
            session, [complaint.id], queries.raising(session, complaint.authority_id, today=today)
        ).get(complaint.id),
        numbers=numbers(complaint),
        may_mark=officer.may(Permission.ASSIGN_COMPLAINT),
        may_correct=complaint.state in OPEN and queries.may_correct(officer, complaint),
        states=ComplaintState,
        showing=presenting,
        today=today,
        panels=[
            (panel, panel.render(complaint, officer, today))
            for panel in contributions().panels_of(Complaint, officer)
        ],
        steps_beside=[
            (action.label, action.url(complaint))
            for action in contributions().actions_on(Complaint, complaint, officer)
        ],
    )


@bp.route("/<int:complaint_id>/files/<int:attachment_id>")
@requires(Permission.VIEW_COMPLAINTS)
def file(complaint_id: int, attachment_id: int) -> flask.Response:
    """A photo of the reporter can give them away: only the desk and the handler open it."""
    session, officer = current_session(), current_officer()
    complaint = found(complaint_id)
    if not queries.may_see_file(session, officer, complaint, attachment_id):
        raise NotFound
    return sending.send(
        session, attachment_id, kind="complaint", subject_id=complaint.id, scope=officer.scope
    )


def _subject(complaint: Complaint) -> str:
    """The catalogue's words for what it is about."""
    kinds = catalogue.violation_types(
        current_session(), authority_id=complaint.authority_id, today=clock.today()
    )
    return next((one.label for one in kinds if one.code == complaint.violation_code), "")


def _similar(complaint: Complaint) -> list[queries.Repeat]:
    if complaint.state not in OPEN:
        return []
    return queries.similar(
        current_session(),
        current_officer(),
        institution_id=complaint.institution_id,
        place=complaint.place,
        position=complaint.position,
        without=complaint.id,
    )

"""Complaints that wait for somebody."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from training_oversight.accounts.models import Division
from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.placeholders import AnyOfficer, Asking
from training_oversight.accounts.worklist import Statement, WaitingKind, lines
from training_oversight.complaints import queries
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.workflow import COMPLAINT_WORKFLOW, ComplaintVerb
from training_oversight.registry.models import Institution
from training_oversight.registry.waiting_lines import numbered
from training_oversight.texts import Text

V, P = ComplaintVerb, Permission


def complaints(officer: Asking) -> Statement:
    """Complaints in the officer's scope, at an institution or at a place that was described."""
    scope = officer.scope.clause(Complaint.division_path)
    if isinstance(officer, AnyOfficer):
        return sa.select(Complaint.id.label("key")).where(scope)
    return (
        lines(
            Complaint.id,
            sa.literal("TS-") + numbered(Complaint, width=4),
            note=Complaint.account,
            due=Complaint.due_on,
            since=Complaint.received_on,
            institution=sa.func.coalesce(Institution.name, Complaint.place),
            kind_code=Institution.kind_code,
            division=Division.name,
        )
        .select_from(Complaint)
        .join(Institution, Institution.id == Complaint.institution_id, isouter=True)
        .join(Division, Division.id == Complaint.division_id)
        .where(scope)
    )


def _turn(
    *verbs: ComplaintVerb, also: sa.ColumnElement[bool] | None = None
) -> Callable[[Asking], Statement]:
    def statement(officer: Asking) -> Statement:
        turns = (COMPLAINT_WORKFLOW.turn(verb, officer, Complaint) for verb in verbs)
        narrowed = complaints(officer).where(sa.or_(*turns))
        return narrowed if also is None else narrowed.where(also)

    return statement


def _kind(
    name: str,
    verb: Text,
    permission: Permission,
    statement: Callable[[Asking], Statement],
    page: str,
    limit: str | None = None,
) -> WaitingKind:
    return WaitingKind(
        name,
        "complaints.index",
        verb,
        permission,
        statement,
        f"complaints.{page}",
        "complaint_id",
        limit=limit,
    )


WAITING = (
    _kind("complaint-accept", V.ACCEPT.label, P.ASSIGN_COMPLAINT, _turn(V.ACCEPT), "accept"),
    _kind("complaint-assign", V.ASSIGN.label, P.ASSIGN_COMPLAINT, _turn(V.ASSIGN), "assign"),
    _kind(
        "complaint-answer",
        V.ANSWER.label,
        P.HANDLE_COMPLAINT,
        _turn(V.ANSWER, V.SUBMIT),
        "answer",
    ),
    _kind("complaint-decide", V.DECIDE.label, P.DECIDE_COMPLAINT, _turn(V.DECIDE), "decide"),
    _kind("complaint-approve", V.APPROVE.label, P.DECIDE_COMPLAINT, _turn(V.APPROVE), "approve"),
    _kind(
        "complaint-again",
        Text("Decide on the call-back"),
        P.DECIDE_COMPLAINT,
        _turn(V.REDO, also=queries.PROPOSED),
        "again",
        limit="approve",
    ),
    _kind(
        "complaint-call",
        Text("Call back"),
        P.ASSIGN_COMPLAINT,
        _turn(V.CLOSE, also=sa.and_(queries.TO_CALL, ~queries.PROPOSED)),
        "call",
        limit="decide",
    ),
    _kind(
        "complaint-close",
        V.CLOSE.label,
        P.ASSIGN_COMPLAINT,
        _turn(V.CLOSE, also=sa.and_(~queries.TO_CALL, ~queries.PROPOSED)),
        "close",
        limit="decide",
    ),
)

"""Visits to make and findings to decide."""

from __future__ import annotations

import sqlalchemy as sa

from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.placeholders import Asking
from training_oversight.accounts.worklist import Statement, WaitingKind
from training_oversight.inspections.models import Finding, Visit, VisitKind, VisitOfficer
from training_oversight.inspections.workflow import FindingState, VisitState
from training_oversight.registry.waiting_lines import in_charge, waits, words_or
from training_oversight.texts import Text


def findings_to_decide(officer: Asking) -> Statement:
    at = Finding.institution_id
    return waits(officer, Finding, Finding.id, Finding.title, at=at, since=Finding.found_on).where(
        officer.scope.clause(Finding.division_path),
        Finding.state == FindingState.PENDING,
        sa.or_(Finding.entered_by_id == officer.id, in_charge(officer, at)),
    )


def visits_to_make(officer: Asking) -> Statement:
    mine = sa.select(VisitOfficer.visit_id).where(VisitOfficer.officer_id == officer.id)
    kind = sa.case({one: str(one.label) for one in VisitKind}, value=Visit.kind)
    purpose = words_or(Visit.purpose, kind)
    return waits(
        officer, Visit, Visit.id, purpose, at=Visit.institution_id, due=Visit.happened_at
    ).where(
        officer.scope.clause(Visit.division_path),
        Visit.state.in_([VisitState.PLANNED, VisitState.UNDER_WAY]),
        sa.or_(Visit.id.in_(mine), Visit.entered_by_id == officer.id),
    )


def visits_to_approve(officer: Asking) -> Statement:
    kind = sa.case({one: str(one.label) for one in VisitKind}, value=Visit.kind)
    return waits(
        officer,
        Visit,
        Visit.id,
        words_or(Visit.purpose, kind),
        at=Visit.institution_id,
        since=Visit.happened_at,
    ).where(officer.scope.clause(Visit.division_path), Visit.lacking_approval())


WAITING = (
    WaitingKind(
        "visit-approve",
        "inspections.approvals",
        Text("Approve the visit"),
        Permission.APPROVE_VISIT,
        visits_to_approve,
        "inspections.show",
        "visit_id",
    ),
    WaitingKind(
        "finding-decide",
        "inspections.index",
        Text("Put on the ledger"),
        Permission.REGISTER_ITEM,
        findings_to_decide,
        "ledger.register",
        "finding_id",
        limit="decide",
    ),
    WaitingKind(
        "visit-make",
        "inspections.index",
        Text("Inspect"),
        Permission.LOG_VISIT,
        visits_to_make,
        "inspections.show",
        "visit_id",
    ),
)

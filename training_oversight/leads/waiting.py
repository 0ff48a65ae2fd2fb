"""Leads that nobody has decided on, on the desk of whoever owes it."""

from __future__ import annotations

import sqlalchemy as sa

from training_oversight.accounts.models import Division
from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.placeholders import AnyOfficer, Asking
from training_oversight.accounts.worklist import Statement, WaitingKind, lines
from training_oversight.leads.models import Lead
from training_oversight.leads.workflow import LEAD_WORKFLOW, LeadVerb
from training_oversight.registry.models import Institution
from training_oversight.registry.waiting_lines import numbered
from training_oversight.texts import Text


def to_decide(officer: Asking) -> Statement:
    turn = sa.and_(
        officer.scope.clause(Lead.division_path),
        LEAD_WORKFLOW.turn(LeadVerb.FOLLOW, officer, Lead),
    )
    if isinstance(officer, AnyOfficer):
        return sa.select(Lead.id.label("key")).where(turn)
    return (
        lines(
            Lead.id,
            sa.literal("XS-") + numbered(Lead, width=4),
            note=Lead.facts,
            since=Lead.entered_on,
            institution=sa.func.coalesce(Institution.name, Lead.place),
            kind_code=Institution.kind_code,
            division=Division.name,
        )
        .select_from(Lead)
        .join(Institution, Institution.id == Lead.institution_id, isouter=True)
        .join(Division, Division.id == Lead.division_id)
        .where(turn)
    )


WAITING = (
    WaitingKind(
        "lead-decide",
        "leads.index",
        Text("Decide on the lead"),
        Permission.LOG_VISIT,
        to_decide,
        "leads.show",
        "lead_id",
        limit="lead",
    ),
)

"""Rewards that wait for who approves them."""

from __future__ import annotations

import sqlalchemy as sa

from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.placeholders import AnyOfficer, Asking
from training_oversight.accounts.worklist import Statement, WaitingKind, lines
from training_oversight.complaints.models import Complaint
from training_oversight.registry.models import Institution
from training_oversight.registry.waiting_lines import numbered
from training_oversight.rewards.models import Reward
from training_oversight.rewards.workflow import REWARD_WORKFLOW, RewardVerb


def to_approve(officer: Asking) -> Statement:
    turn = sa.and_(
        officer.scope.clause(Reward.division_path),
        REWARD_WORKFLOW.turn(RewardVerb.APPROVE, officer, Reward),
    )
    if isinstance(officer, AnyOfficer):
        return sa.select(Reward.id.label("key")).where(turn)
    return (
        lines(
            Reward.id,
            sa.literal("JL-") + numbered(Reward, width=4),
            note=Reward.reason,
            since=Reward.proposed_on,
            institution=sa.func.coalesce(Institution.name, Complaint.place),
            kind_code=Institution.kind_code,
        )
        .select_from(Reward)
        .join(Complaint, Complaint.id == Reward.complaint_id)
        .join(Institution, Institution.id == Complaint.institution_id, isouter=True)
        .where(turn)
    )


WAITING = (
    WaitingKind(
        "reward-approve",
        "rewards.index",
        RewardVerb.APPROVE.label,
        Permission.DECIDE_COMPLAINT,
        to_approve,
        "rewards.approve",
        "reward_id",
        limit="approve",
    ),
)

"""The list of rewards, and how many there are of what sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload

from training_oversight.accounts.models import Officer
from training_oversight.complaints.models import Complaint
from training_oversight.rewards.models import Reward
from training_oversight.rewards.queries.records import readable
from training_oversight.rewards.workflow import ENDED, RewardState
from training_oversight.texts import LabelledEnum, Text


class RewardView(LabelledEnum):
    """Every reward stands in one of these: a day that is over is told from one that is not."""

    PROPOSED = "proposed", Text("Rewards to be approved")
    CLAIMABLE = "claimable", Text("Rewards to be claimed")
    LAPSED = "lapsed", Text("Not claimed in time")
    PAID = "paid", Text("Rewards paid out")
    ENDED = "ended", Text("Not approved or withdrawn")

    def clause(self, today: date) -> sa.ColumnElement[bool]:
        approved = Reward.state == RewardState.APPROVED
        over = sa.and_(Reward.until_on.is_not(None), Reward.until_on < today)
        match self:
            case RewardView.CLAIMABLE:
                return sa.and_(approved, sa.not_(over))
            case RewardView.LAPSED:
                return sa.and_(approved, over)
            case RewardView.ENDED:
                return Reward.state.in_(ENDED)
            case RewardView.PAID:
                return Reward.state == RewardState.PAID
            case RewardView.PROPOSED:
                return Reward.state == RewardState.PROPOSED


@dataclass(frozen=True)
class Figures:
    count: int = 0
    fen: int = 0


def listed(officer: Officer) -> sa.Select[Reward]:
    return (
        sa.select(Reward)
        .where(readable(officer))
        .options(
            joinedload(Reward.complaint).options(
                joinedload(Complaint.institution).raiseload("*"), raiseload("*")
            ),
            joinedload(Reward.proposed_by).raiseload("*"),
            raiseload("*"),
        )
    )


def figures(session: Session, officer: Officer, *, today: date) -> Mapping[RewardView, Figures]:
    """Count and sum of each view, in one query; together they are all rewards there are."""
    view = sa.case(*((one.clause(today), one.value) for one in RewardView), else_="")
    rows = session.execute(
        sa.select(view, sa.func.count(), sa.func.sum(Reward.fen))
        .where(readable(officer))
        .group_by(view)
    )
    known = {name: Figures(count, int(fen)) for name, count, fen in rows}
    return {one: known.get(one.value, Figures()) for one in RewardView}

"""Approving a reward, not approving it, taking it back before it is claimed."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from training_oversight import workflow
from training_oversight.accounts.models import Officer
from training_oversight.errors import Blocked
from training_oversight.rewards import rules
from training_oversight.rewards.models import Reward
from training_oversight.rewards.service.proposing import within
from training_oversight.rewards.workflow import RewardVerb
from training_oversight.texts import Text


def approve(
    session: Session, reward: Reward, *, by: Officer, today: date, version: int | None = None
) -> None:
    """From now the reporter can claim it, within the county's days."""
    with workflow.moving(session, reward, RewardVerb.APPROVE, by=by, version=version):
        ruled = rules.of(session, reward.authority_id)
        if ruled is None:
            raise Blocked(Text("The county has not set that it rewards reports."))
        within(ruled, reward.fen)
        reward.approved_on, reward.approved_by_id = today, by.id
        reward.until_on = ruled.last_day(today)


def refuse(
    session: Session, reward: Reward, *, reason: str, by: Officer, version: int | None = None
) -> None:
    workflow.move(session, reward, RewardVerb.REFUSE, by=by, note=reason, version=version)


def withdraw(
    session: Session, reward: Reward, *, reason: str, by: Officer, version: int | None = None
) -> None:
    """It can be claimed no more; another can be proposed."""
    workflow.move(session, reward, RewardVerb.WITHDRAW, by=by, note=reason, version=version)

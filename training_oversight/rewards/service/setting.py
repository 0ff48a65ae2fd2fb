"""What the county sets for its rewards."""

from __future__ import annotations

from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.audit import EventType
from training_oversight.catalogue.service.settings import changing
from training_oversight.rewards import rules
from training_oversight.rewards.rules import RewardRules
from training_oversight.texts import Text

SET = EventType.declare("setting.rewards", Text("Rewards for reports set"))


def set_rules(
    session: Session, wanted: RewardRules | None, *, by: Officer, version: int | None
) -> None:
    """``None``: no report is rewarded. What was approved before stays as it was approved."""
    with changing(session, rules.CODE, SET, by=by, version=version) as setting:
        setting.value = rules.kept(wanted)

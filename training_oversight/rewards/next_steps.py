"""What comes next for a reward, and which moves are open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import url_for

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.rewards.models import Reward
from training_oversight.rewards.workflow import RewardState, RewardVerb
from training_oversight.texts import LabelledEnum, Text
from training_oversight.web.components import Locked, MoveButton, MoveStyle, NextStep
from training_oversight.web.contributions import Step
from training_oversight.workflow import Move

PAGES: Mapping[LabelledEnum, str] = {
    RewardVerb.APPROVE: "rewards.approve",
    RewardVerb.REFUSE: "rewards.refuse",
    RewardVerb.PAY: "rewards.pay",
    RewardVerb.WITHDRAW: "rewards.withdraw",
}
CLAIM = Text("The reporter comes with code and word")


def step_of(reward: Reward, officer: Officer, today: date) -> Step | None:
    """The next step in a list, and whose it is; nothing once it has ended or lapsed."""
    if reward.has_lapsed(today):
        return None
    if reward.state is RewardState.PROPOSED:
        mine = officer.may(Permission.DECIDE_COMPLAINT) and reward.proposed_by_id != officer.id
        url = url_for("rewards.approve", reward_id=reward.id) if mine else None
        who = Text("Me") if mine else Role.SECTION_HEAD.label
        return Step(RewardVerb.APPROVE.label, who, url, mine)
    if reward.state is RewardState.APPROVED:
        return Step(CLAIM, Text("Reporter"), None, False)
    return None


def box_of(reward: Reward, officer: Officer, today: date) -> NextStep | None:
    """The box of the page: what, whose turn, the moves, and what cannot be done."""
    step = step_of(reward, officer, today)
    offer = reward.workflow.offer(officer, reward)
    lapsed = reward.has_lapsed(today)
    moves = [
        _button(move, reward, main=step is not None and move.label == step.label)
        for move in offer.open
        if not (lapsed and move.verb is RewardVerb.PAY)
    ]
    moves.sort(key=lambda each: each.style is not MoveStyle.MAIN)
    locked = [Locked(one.move.label, one.reasons[0]) for one in offer.locked]
    if lapsed:
        title = Text("Nothing; it was not claimed until %(day)s", day=reward.until_on)
        return NextStep(title, "", moves, locked)
    if step is None:
        return None
    whose = Text("waits for you") if step.mine else Text("waits for %(who)s", who=step.who)
    return NextStep(step.label, whose, moves, locked)


def _button(move: Move, reward: Reward, *, main: bool) -> MoveButton:
    style = MoveStyle.MAIN if main else MoveStyle.TEXT if move.grave else MoveStyle.OTHER
    return MoveButton(move.label, url_for(PAGES[move.verb], reward_id=reward.id), style)

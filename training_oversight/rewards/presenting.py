"""How rewards look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from training_oversight.audit import Event, timeline
from training_oversight.audit.recent_changes import Reading, by
from training_oversight.database import JsonObject
from training_oversight.rewards.models import Reward
from training_oversight.rewards.rules import RewardRules, understood
from training_oversight.rewards.workflow import RewardState
from training_oversight.texts import Text
from training_oversight.web import money
from training_oversight.web.components import Shape, Status, TimelineEntry, Tone

SHAPES = {
    RewardState.PROPOSED: (Shape.WAITING, Tone.BLUE),
    RewardState.APPROVED: (Shape.UNDER_WAY, Tone.INK),
    RewardState.PAID: (Shape.DONE, Tone.GREEN),
    RewardState.REFUSED: (Shape.ENDED, Tone.GREY),
    RewardState.WITHDRAWN: (Shape.ENDED, Tone.GREY),
}
PATH = (RewardState.PROPOSED, RewardState.APPROVED, RewardState.PAID)
amount = money.amount


def state_of(reward: Reward, today: date) -> Status:
    """A day that is over is counted, not kept as a state."""
    if reward.has_lapsed(today):
        return Status(Shape.ENDED, Text("Not claimed in time"), Tone.GREY)
    shape, tone = SHAPES[reward.state]
    return Status(shape, reward.state.label, tone)


def title_of(reward: Reward) -> Text:
    return Text("Reward %(number)s", number=reward.number)


def until(reward: Reward) -> Text | date:
    return reward.until_on or Text("The county has set no days")


def for_the_reporter(reward: Reward | None, today: date) -> Text | None:
    """What the tracking page says; nothing while nobody has decided."""
    if reward is None:
        return None
    given = amount(reward.fen)
    if reward.state is RewardState.PAID:
        return Text("The reward of %(amount)s was paid out on %(day)s.",
                    amount=given, day=reward.paid_on)  # fmt: skip
    if reward.state is not RewardState.APPROVED:
        return None
    if reward.has_lapsed(today):
        return Text("A reward of %(amount)s could be claimed until %(day)s.",
                    amount=given, day=reward.until_on)  # fmt: skip
    if reward.until_on is None:
        return Text(
            "You can claim a reward of %(amount)s. Bring code and word to our counter; nobody asks "
            "for your name.",
            amount=given,
        )
    return Text(
        "You can claim a reward of %(amount)s, until %(day)s. Bring code and word to our counter; "
        "nobody asks for your name.",
        amount=given,
        day=reward.until_on,
    )


LABELS = {
    "fen": Text("Reward"),
    "approved_on": Text("Reward approved on"),
    "until_on": Text("To be claimed until"),
    "paid_on": Text("Paid out on"),
}
VALUES: dict[str, timeline.Saying] = {"fen": amount}
READING = Reading(("reward",), by(LABELS, VALUES))


def history_of(events: Sequence[Event]) -> list[TimelineEntry]:
    return timeline.entries(events, LABELS, VALUES)


def rules_said(value: JsonObject) -> Text:
    """The county's setting in a line."""
    return said(understood(value))


def said(rules: RewardRules | None) -> Text:
    if rules is None:
        return Text("Reports are not rewarded")
    kinds = "、".join(str(kind.label) for kind in rules.kinds)
    if rules.days is None:
        return Text("%(kinds)s: %(amount)s at most, without a last day",
                    kinds=kinds, amount=amount(rules.most_fen))  # fmt: skip
    return Text("%(kinds)s: %(amount)s at most, to be claimed within %(days)s days",
                kinds=kinds, amount=amount(rules.most_fen), days=rules.days)  # fmt: skip

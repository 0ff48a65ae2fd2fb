"""Approving, not approving and withdrawing: each an own page."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import acting
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.rewards import presenting, rules, service
from training_oversight.rewards.forms import ApproveForm, WhyNotForm
from training_oversight.rewards.models import Reward
from training_oversight.rewards.views.blueprint import bp, found, page_of, screened
from training_oversight.rewards.workflow import RewardVerb
from training_oversight.texts import Text
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered_on


@bp.route("/<int:reward_id>/approve", methods=["GET", "POST"])
@requires(Permission.DECIDE_COMPLAINT)
def approve(reward_id: int) -> ResponseReturnValue:
    reward = found(reward_id)
    acting.opening(reward, RewardVerb.APPROVE)
    form = ApproveForm(data={"version": reward.version})

    def act(session: Session) -> Done:
        service.approve(session, reward, **acting.today(form))
        return Done(
            page_of(reward),
            Text("%(number)s is approved; the reporter reads it with code and word.",
                 number=reward.number),
        )  # fmt: skip

    return answered_on(
        form,
        act,
        "rewards/confirm.html",
        reward=reward,
        happens=_will_be(reward),
        tells=Text("The reporter, on the tracking page"),
        verb=RewardVerb.APPROVE.label,
        showing=presenting,
    )


def _will_be(reward: Reward) -> Text:
    ruled = rules.of(current_session(), reward.authority_id)
    last = ruled.last_day(clock.today()) if ruled else None
    given = presenting.amount(reward.fen)
    if last is None:
        return Text("The reporter can claim %(amount)s with code and word.", amount=given)
    return Text("The reporter can claim %(amount)s with code and word until %(day)s.",
                amount=given, day=last)  # fmt: skip


@bp.route("/<int:reward_id>/refuse", methods=["GET", "POST"])
@requires(Permission.DECIDE_COMPLAINT)
def refuse(reward_id: int) -> ResponseReturnValue:
    reward = found(reward_id)
    acting.opening(reward, RewardVerb.REFUSE)
    form = screened(WhyNotForm, reward.complaint, reward.version)

    def act(session: Session) -> Done:
        service.refuse(session, reward, reason=form.reason.data, **acting.by(form))
        return Done(page_of(reward), Text("%(number)s is not approved.", number=reward.number))

    return answered_on(
        form,
        act,
        "rewards/confirm.html",
        reward=reward,
        happens=Text("Nothing is paid; another reward can be proposed for the report."),
        tells=Text("Nobody outside the office"),
        verb=RewardVerb.REFUSE.label,
        showing=presenting,
    )


@bp.route("/<int:reward_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.DECIDE_COMPLAINT)
def withdraw(reward_id: int) -> ResponseReturnValue:
    reward = found(reward_id)
    acting.opening(reward, RewardVerb.WITHDRAW)
    form = screened(WhyNotForm, reward.complaint, reward.version)

    def act(session: Session) -> Done:
        service.withdraw(session, reward, reason=form.reason.data, **acting.by(form))
        return Done(page_of(reward), Text("%(number)s is withdrawn.", number=reward.number))

    return answered_on(
        form,
        act,
        "rewards/confirm.html",
        reward=reward,
        happens=Text("It can be claimed no more; another reward can be proposed for the report."),
        stays=Text("Its number is not used again; it stays readable."),
        tells=Text("The reporter reads nothing of a reward on the tracking page any more"),
        verb=RewardVerb.WITHDRAW.label,
        danger=True,
        showing=presenting,
    )

"""The list of rewards with its figures, and the page of one."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template, request
from flask.typing import ResponseReturnValue

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import queries as history
from training_oversight.database import current_session
from training_oversight.rewards import next_steps, presenting, queries
from training_oversight.rewards.models import Reward
from training_oversight.rewards.queries import RewardView
from training_oversight.rewards.views.blueprint import bp, found
from training_oversight.rewards.workflow import RewardState
from training_oversight.web.addresses import asking
from training_oversight.web.components import Tab
from training_oversight.web.marks import requires
from training_oversight.web.paging import Key, paged


@bp.route("")
@requires(Permission.VIEW_COMPLAINTS)
def index() -> ResponseReturnValue:
    session, officer, today = current_session(), current_officer(), clock.today()
    known = queries.figures(session, officer, today=today)
    chosen = _chosen(known)
    page = paged(
        session,
        queries.listed(officer).where(chosen.clause(today)),
        keys=[Key(Reward.id, descending=True)],
        cursor=request.args.get("at"),
        address=lambda cursor: asking(".index", {}, view=chosen.value, at=cursor),
        total=known[chosen].count,
    )
    return render_template(
        "rewards/index.html",
        page=page,
        views=[
            Tab(
                one.label,
                asking(".index", {}, view=one.value),
                known[one].count,
                one is chosen,
            )
            for one in RewardView
        ],
        sums=[known[one].fen for one in RewardView],
        total=sum(one.count for one in known.values()),
        sum_of=known[chosen].fen,
        steps={one.id: next_steps.step_of(one, officer, today) for one in page.rows},
        may_pay=officer.may(Permission.PAY_REWARD),
        showing=presenting,
        today=today,
    )


def _chosen(known: Mapping[RewardView, queries.Figures]) -> RewardView:
    """The tab that was asked for, else the first with something in it."""
    wanted = request.args.get("view")
    for one in RewardView:
        if one.value == wanted:
            return one
    return next((one for one in RewardView if known[one].count), RewardView.PROPOSED)


@bp.route("/<int:reward_id>")
@requires(Permission.VIEW_COMPLAINTS)
def show(reward_id: int) -> ResponseReturnValue:
    session, officer, today = current_session(), current_officer(), clock.today()
    reward = found(reward_id)
    return render_template(
        "rewards/show.html",
        reward=reward,
        box=next_steps.box_of(reward, officer, today),
        history=presenting.history_of(history.history(session, reward)),
        may_print=reward.state is RewardState.PAID and officer.may(Permission.PAY_REWARD),
        showing=presenting,
        today=today,
    )

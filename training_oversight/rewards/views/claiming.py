"""At the counter: the code, the reporter's own word, the money, and the slip."""

from __future__ import annotations

import flask
from flask import redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.documents import GETA, pdf
from training_oversight.errors import BadInput, NotFound, OversightError
from training_oversight.rewards import paces, presenting, printed, queries, service
from training_oversight.rewards.forms import ClaimForm, PayForm
from training_oversight.rewards.models import Reward
from training_oversight.rewards.service import Proof
from training_oversight.rewards.views.blueprint import bp, found, page_of
from training_oversight.rewards.workflow import RewardState, RewardVerb
from training_oversight.texts import Text
from training_oversight.web.marks import requires
from training_oversight.web.page_order import in_page_order
from training_oversight.web.steps import Done, answered_after

# Alike for a code that nobody has and for a report without a reward.
NONE = Text("No reward can be claimed with this code. Look again; nothing was paid.")


@bp.route("/claim", methods=["GET", "POST"])
@requires(Permission.PAY_REWARD)
def claim() -> ResponseReturnValue:
    """Nothing is saved: it leads to the reward of the code."""
    form = ClaimForm()
    reward = _of_code(form) if form.accepted() else None
    if reward is not None:
        paid = reward.state is not RewardState.APPROVED
        return redirect(page_of(reward) if paid else flask.url_for(".pay", reward_id=reward.id))
    page = render_template("rewards/claim.html", form=form)
    return in_page_order(page), form.status


def _of_code(form: ClaimForm) -> Reward | None:
    known = queries.of_code(current_session(), current_officer(), form.digits)
    if known is None:
        form.refuse(BadInput(NONE, {"code": NONE}))
    return known


@bp.route("/<int:reward_id>/pay", methods=["GET", "POST"])
@requires(Permission.PAY_REWARD)
def pay(reward_id: int) -> ResponseReturnValue:
    reward = found(reward_id)
    acting.opening(reward, RewardVerb.PAY)
    form = PayForm(data={"version": reward.version})

    def act(session: Session, proof: Proof) -> Done:
        service.pay(session, reward, proof, **acting.today(form))
        return Done(
            page_of(reward),
            Text("Hand out %(amount)s now, and print the slip.",
                 amount=presenting.amount(reward.fen)),
        )  # fmt: skip

    return answered_after(
        form,
        lambda: _proof(form, reward),
        act,
        lambda: render_template(
            "rewards/pay.html", form=form, reward=reward, showing=presenting, today=clock.today()
        ),
    )


def _proof(form: PayForm, reward: Reward) -> Proof | None:
    """What else stands in the way the service says, also to who presses a second time."""
    try:
        paces.tried(reward.complaint.tracking_code)
        return service.proven(reward.complaint, form.word.data or "")
    except OversightError as error:
        form.refuse(error)
        return None


@bp.route("/<int:reward_id>/slip.pdf")
@requires(Permission.PAY_REWARD)
def slip(reward_id: int) -> flask.Response:
    """Of a reward that was paid out, for the reporter and for the books."""
    reward = found(reward_id)
    if reward.state is not RewardState.PAID:
        raise NotFound
    paper = printed.slip(
        reward,
        authority=current_officer().authority.name,
        demo=flask.current_app.config["DEMO"],
    )
    answer = flask.Response(pdf(paper, instead=GETA), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{reward.number}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer

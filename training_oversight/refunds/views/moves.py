"""Agreeing, disputing and withdrawing: each an own page."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.refunds import presenting, queries, service
from training_oversight.refunds.forms import AgreeForm, PlatformForm, ReasonForm
from training_oversight.refunds.views.blueprint import bp, form_for
from training_oversight.refunds.workflow import RefundVerb
from training_oversight.texts import Text
from training_oversight.web.forms import given
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered_on


@bp.route("/<int:refund_id>/agree", methods=["GET", "POST"])
@requires(Permission.ENTER_REFUND)
def agree(refund_id: int) -> ResponseReturnValue:
    refund = queries.refund_for(current_session(), current_officer(), refund_id)
    acting.opening(refund, RefundVerb.AGREE)
    form = form_for(AgreeForm, refund)

    def act(session: Session) -> Done:
        service.agree(
            session,
            refund,
            fen=given(form.fen.data),
            how=presenting.WAYS[form.way.data],
            agreed_on=given(form.agreed_on.data),
            note=form.note.data,
            **acting.today(form),
        )
        return Done(
            url_for(".show", refund_id=refund.id),
            Text("Agreed on: %(amount)s.", amount=presenting.amount(refund.due_fen)),
        )

    return answered_on(form, act, "refunds/agree.html", refund=refund, showing=presenting)


@bp.route("/<int:refund_id>/dispute", methods=["GET", "POST"])
@requires(Permission.ENTER_REFUND)
def dispute(refund_id: int) -> ResponseReturnValue:
    refund = queries.refund_for(current_session(), current_officer(), refund_id)
    acting.opening(refund, RefundVerb.DISPUTE)
    form = form_for(ReasonForm, refund)

    def act(session: Session) -> Done:
        service.dispute(session, refund, reason=form.reason.data, **acting.by(form))
        return Done(
            url_for(".show", refund_id=refund.id),
            Text("%(number)s is disputed.", number=refund.number),
        )

    return answered_on(
        form,
        act,
        "refunds/confirm.html",
        refund=refund,
        happens=Text("Nothing counts as agreed until it is settled anew."),
        stays=Text("What was paid back stays paid."),
        verb=RefundVerb.DISPUTE.label,
    )


@bp.route("/<int:refund_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.MANAGE_REFUND)
def withdraw(refund_id: int) -> ResponseReturnValue:
    refund = queries.refund_for(current_session(), current_officer(), refund_id)
    acting.opening(refund, RefundVerb.WITHDRAW)
    form = form_for(ReasonForm, refund)

    def act(session: Session) -> Done:
        service.withdraw(session, refund, reason=form.reason.data, **acting.by(form))
        return Done(
            url_for(".show", refund_id=refund.id),
            Text("%(number)s is withdrawn.", number=refund.number),
        )

    return answered_on(
        form,
        act,
        "refunds/confirm.html",
        refund=refund,
        happens=Text("The refund counts in no total any more; the family can be entered anew."),
        stays=Text("Its number is not used again; it stays readable."),
        verb=RefundVerb.WITHDRAW.label,
        danger=True,
    )


@bp.route("/<int:refund_id>/platform", methods=["GET", "POST"])
@requires(Permission.ENTER_REFUND)
def platform(refund_id: int) -> ResponseReturnValue:
    refund = queries.refund_for(current_session(), current_officer(), refund_id)
    form = form_for(PlatformForm, refund)

    def act(session: Session) -> Done:
        service.mark_platform(
            session, refund, entered_on=given(form.entered_on.data), **acting.today(form)
        )
        return Done(
            url_for(".show", refund_id=refund.id),
            Text("%(number)s is on the national platform.", number=refund.number),
        )

    return answered_on(
        form,
        act,
        "refunds/confirm.html",
        refund=refund,
        happens=Text("The refund bears the mark that it was entered on the national platform."),
        verb=Text("Entered on the national platform"),
    )

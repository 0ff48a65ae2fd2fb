"""Money paid back, with its proofs; and a payment that was entered in error."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.errors import NotFound
from training_oversight.refunds import presenting, queries, service
from training_oversight.refunds.forms import PartForm, ReasonForm
from training_oversight.refunds.service import PartDraft
from training_oversight.refunds.views.blueprint import bp, form_for
from training_oversight.texts import Text
from training_oversight.web.forms import given
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered_on


@bp.route("/<int:refund_id>/pay", methods=["GET", "POST"])
@requires(Permission.ENTER_REFUND)
def pay(refund_id: int) -> ResponseReturnValue:
    refund = queries.refund_for(current_session(), current_officer(), refund_id)
    form = form_for(PartForm, refund)

    def act(session: Session) -> Done:
        part = PartDraft(
            given(form.paid_on.data),
            given(form.fen.data),
            presenting.WAYS[form.way.data],
            form.note.data,
        )
        service.pay(session, refund, part, proofs=form.files.kept, **acting.today(form))
        return Done(
            url_for(".show", refund_id=refund.id),
            Text(
                "Paid back %(paid)s, left %(left)s.",
                paid=presenting.amount(part.fen),
                left=presenting.amount(refund.left_fen),
            ),
        )

    return answered_on(form, act, "refunds/pay.html", refund=refund, showing=presenting)


@bp.route("/<int:refund_id>/parts/<int:part_id>/void", methods=["GET", "POST"])
@requires(Permission.MANAGE_REFUND)
def void_part(refund_id: int, part_id: int) -> ResponseReturnValue:
    refund = queries.refund_for(current_session(), current_officer(), refund_id)
    part = next((one for one in refund.parts if one.id == part_id), None)
    if part is None:
        raise NotFound
    form = form_for(ReasonForm, refund)
    amount = presenting.amount(part.fen)

    def act(session: Session) -> Done:
        service.void_part(session, part, reason=form.reason.data, **acting.today(form))
        return Done(
            url_for(".show", refund_id=refund.id),
            Text("The payment of %(amount)s does not count any more.", amount=amount),
        )

    return answered_on(
        form,
        act,
        "refunds/confirm.html",
        refund=refund,
        happens=Text(
            "The payment of %(amount)s on %(day)s counts in no total any more.",
            amount=amount,
            day=part.paid_on,
        ),
        stays=Text("It stays readable with the reason."),
        verb=Text("Entered in error"),
        danger=True,
    )

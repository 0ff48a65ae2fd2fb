"""Lending one's roles for a time, and ending it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import lending, queries, service
from training_oversight.accounts.forms import DelegationForm
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Delegation, Officer
from training_oversight.accounts.views import bp
from training_oversight.database import current_session, transaction
from training_oversight.errors import NotFound
from training_oversight.texts import Text
from training_oversight.web.forms import given, options
from training_oversight.web.marks import signed_in
from training_oversight.web.messages import flash
from training_oversight.web.steps import Done, answered

NOBODY_CHOSEN = Text("Choose a colleague")


@bp.route("/account/delegate", methods=["GET", "POST"])
@signed_in
def delegate() -> ResponseReturnValue:
    officer, form = current_officer(), DelegationForm()
    able, barred = _colleagues(officer)
    # Nobody stands there before somebody is chosen: these are powers.
    form.taker_id.choices = options(
        [("", NOBODY_CHOSEN), *((one.id, one.name) for one in able)],
    )

    def act(session: Session) -> Done:
        taker = session.get_one(Officer, given(form.taker_id.data))
        service.delegate(
            session,
            officer,
            taker=taker,
            starts_on=given(form.starts_on.data),
            ends_on=given(form.ends_on.data),
            reason=form.reason.data or "",
        )
        return Done(
            url_for("accounts.account"),
            Text("Your roles are lent to %(name)s.", name=taker.name),
        )

    return answered(
        form,
        act,
        lambda: render_template("accounts/delegate.html", form=form, able=able, barred=barred),
    )


def _colleagues(giver: Officer) -> tuple[Sequence[Officer], Sequence[Text]]:
    """Who may be lent the roles; of the giver's own department, why others may not."""
    session = current_session()
    found = queries.colleagues(session, giver.scope, today=clock.today())
    makers = lending.makers(session, giver)
    able, barred = [], []
    for one in found:
        why = lending.obstacle(giver, one) or makers.obstacle(giver, one)
        if why is None:
            able.append(one)
        elif one.id != giver.id and one.department_id == giver.department_id:
            barred.append(why)
    return able, barred


@bp.route("/account/delegations/<int:delegation_id>/take-back", methods=["POST"])
@signed_in
def take_back(delegation_id: int) -> ResponseReturnValue:
    """By who lent the roles, who holds them, or the administrator."""
    by = current_officer()
    with transaction() as session:
        delegation = session.get(Delegation, delegation_id)
        if delegation is None or not _concerns(delegation, by):
            raise NotFound
        service.take_back(session, delegation, by=by)
    holds, lends = delegation.to_id == by.id, delegation.from_id == by.id
    flash(Text("The roles are given back.") if holds else Text("The roles are taken back."), "done")
    return redirect(url_for("accounts.account" if holds or lends else "officers.index"))


def _concerns(delegation: Delegation, by: Officer) -> bool:
    return delegation.to_id == by.id or by.scope.covers(delegation.giver.division_path)

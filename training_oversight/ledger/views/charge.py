"""Who is responsible for the items that were chosen on the list."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.ledger import forms, queries, service
from training_oversight.ledger.views.blueprint import bp
from training_oversight.ledger.views.entering import responsible
from training_oversight.texts import Counted, Text
from training_oversight.web import choosing
from training_oversight.web.forms import given
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered

# So many are named on the page, the rest counted.
SHOWN = 10


@bp.route("/assign", methods=["GET", "POST"])
@requires(Permission.MANAGE_ITEM)
def assign_many() -> ResponseReturnValue:
    """One officer for a selection: the list sends the rows, this page's own form the officer."""
    officer, confirmed = current_officer(), "officer_id" in request.form
    form = forms.AssignManyForm(formdata=request.form if confirmed else None)
    form.officer_id.offer(responsible(officer))
    chosen = queries.to_assign(current_session(), officer, choosing.ticked())

    def act(session: Session) -> Done:
        to = session.get_one(Officer, given(form.officer_id.data))
        keys = [one.id for one in chosen]
        count = service.assign_many(session, keys, officer=to, by=officer, today=clock.today())
        return Done(url_for("ledger.index", officer=to.id), _assigned(to, count))

    def page() -> str:
        return render_template("ledger/assign_many.html", form=form, chosen=chosen, most=SHOWN)

    return answered(form, act, page) if confirmed else page()


def _assigned(to: Officer, count: int) -> Text | Counted:
    if not count:
        return Text("%(name)s was responsible for all of these already.", name=to.name)
    return Counted(
        "%(name)s is responsible for %(count)s more item now.",
        "%(name)s is responsible for %(count)s more items now.",
        name=to.name,
        count=count,
    )

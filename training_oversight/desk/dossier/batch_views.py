"""打印全档: from the boxes of the list to the errand that prints the file of each."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.desk.dossier import batch
from training_oversight.desk.dossier.forms import PrintManyForm
from training_oversight.desk.dossier.views import bp
from training_oversight.errands import presenting
from training_oversight.errands import queries as errands
from training_oversight.errands import service as asking
from training_oversight.web import safe_request as addresses
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered

SHOWN = 10


@bp.route("/dossiers", methods=["GET", "POST"])
@requires(Permission.EXPORT_REGISTRY)
def print_many() -> ResponseReturnValue:
    """What will be printed; confirmed, it is asked for as an errand."""
    session, officer = current_session(), current_officer()
    keys = addresses.keys(request.form.getlist("id"))
    is_confirmed = "confirmed" in request.form
    form = PrintManyForm(formdata=request.form if is_confirmed else None)
    # Beyond what is allowed they are only counted.
    too_many = len(keys) > batch.MOST
    chosen = () if too_many else batch.chosen(session, keys, officer.scope)
    if too_many:
        form.refuse(batch.too_many(len(keys)))

    def act(session: Session) -> Done:
        asked = batch.params(officer, [one.id for one in chosen])
        made = asking.ask(session, batch.DOSSIERS, params=asked, by=officer)
        return Done(url_for("errands.show", errand_id=made.id))

    def page() -> str:
        return render_template(
            "desk/dossiers.html",
            form=form,
            chosen=chosen,
            count=len(keys) if too_many else len(chosen),
            shown=chosen[:SHOWN],
            latest=errands.latest(session, officer, batch.DOSSIERS.code),
            presenting=presenting,
        )

    return answered(form, act, page) if is_confirmed and chosen else (page(), form.status)

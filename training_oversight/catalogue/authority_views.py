"""What is printed of the authority on its papers and on the public pages."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts import queries as accounts
from training_oversight.accounts import service as accounts_service
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import queries as audit_queries
from training_oversight.audit import timeline
from training_oversight.audit.recent_changes import Reading, by
from training_oversight.catalogue.forms import AuthorityForm
from training_oversight.catalogue.views import bp
from training_oversight.database import current_session
from training_oversight.texts import Text
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered

PRINTED = {
    "name": Text("Name at the head of papers"),
    "short_name": Text("Short name in numbers"),
    "address": Text("Address"),
    "hotline": Text("Hotline"),
    "remedies": Text("Remedies and their time limits"),
}
READING = Reading(("authority",), by(PRINTED))


@bp.route("/authority", methods=["GET", "POST"])
@requires(Permission.MANAGE_CATALOGUE)
def authority() -> ResponseReturnValue:
    record = current_officer().authority
    form = AuthorityForm(obj=record)

    def act(session: Session) -> Done:
        accounts_service.change_authority(
            session,
            accounts.authority(session, record.id),
            by=current_officer(),
            version=form.seen_version,
            name=form.name.data,
            short_name=form.short_name.data,
            address=form.address.data or "",
            hotline=form.hotline.data or "",
            remedies=form.remedies.data or "",
        )
        return Done(url_for(".index"), Text("Saved. Papers approved from now on carry it."))

    def page() -> str:
        history = timeline.entries(audit_queries.history(current_session(), record), PRINTED)
        return render_template("catalogue/authority.html", form=form, history=history)

    return answered(form, act, page)

"""Rights that wait for a second person: what they are, confirmed, refused, withdrawn."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts import rights_words, service
from training_oversight.accounts.admin_views import bp, officer_in_scope
from training_oversight.accounts.forms import RefuseRightsForm
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.rights_words import Box
from training_oversight.database import current_session
from training_oversight.texts import Text
from training_oversight.web.forms import OversightForm
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered, pressed


@bp.route("/<int:officer_id>/rights", methods=["GET", "POST"])
@requires(Permission.CONFIRM_RIGHTS)
def rights(officer_id: int) -> ResponseReturnValue:
    """What waits for this officer, and the second person's yes."""
    officer, by = officer_in_scope(officer_id), current_officer()
    form = OversightForm()
    box = _shown(form, officer_id)

    def act(session: Session) -> Done:
        service.confirm(session, officer, by=by, seen=form.seen_version)
        return Done(_back(officer_id), Text("Confirmed: %(name)s.", name=officer.name))

    return answered(
        form,
        act,
        lambda: render_template("officers/rights.html", form=form, officer=officer, box=box),
    )


@bp.route("/<int:officer_id>/rights/refuse", methods=["GET", "POST"])
@requires(Permission.CONFIRM_RIGHTS)
def refuse_rights(officer_id: int) -> ResponseReturnValue:
    officer, by = officer_in_scope(officer_id), current_officer()
    form = RefuseRightsForm()
    box = _shown(form, officer_id)

    def act(session: Session) -> Done:
        service.refuse(
            session, officer, reason=form.reason.data or "", by=by, seen=form.seen_version
        )
        return Done(_back(officer_id), Text("Refused: %(name)s.", name=officer.name))

    return answered(
        form,
        act,
        lambda: render_template("officers/refuse_rights.html", form=form, officer=officer, box=box),
    )


@bp.route("/<int:officer_id>/rights/withdraw", methods=["POST"])
@requires(Permission.MANAGE_OFFICERS)
def withdraw_rights(officer_id: int) -> ResponseReturnValue:
    officer, form = officer_in_scope(officer_id), OversightForm()
    record = url_for(".show", officer_id=officer_id)

    def act(session: Session) -> Done:
        service.withdraw(session, officer, by=current_officer(), seen=form.seen_version)
        return Done(record, Text("Withdrawn."))

    return pressed(form, act, back=record)


def _shown(form: OversightForm, officer_id: int) -> Box | None:
    """What waits; the form carries which it showed."""
    box = rights_words.box(current_session(), officer_in_scope(officer_id), current_officer())
    if box is not None and not form.is_submitted():
        form.version.data = str(box.proposal.id)
    return box


def _back(officer_id: int) -> str:
    """Who administers goes on at the officer's page; who only confirms, at the desk."""
    if current_officer().may(Permission.MANAGE_OFFICERS):
        return url_for(".show", officer_id=officer_id)
    return url_for("desk.home")

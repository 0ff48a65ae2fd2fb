"""Confirming that an institution has no permit, and taking that back."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts import acting
from training_oversight.accounts.permissions import Permission
from training_oversight.registry import service
from training_oversight.registry.forms import ReasonForm, UnlicensedForm
from training_oversight.registry.models import Institution
from training_oversight.registry.views.blueprint import bp
from training_oversight.registry.views.record import loaded
from training_oversight.texts import Text
from training_oversight.web.forms import OversightForm, given
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered

CONFIRM = Text("Confirm that it has no permit")
TAKE_BACK = Text("Take back that it has no permit")
CONFIRMING = Text(
    "It is marked red as unlicensed, on its tab and on the map. Stopping it takes a notice: "
    "nothing is ordered by this."
)
TAKING_BACK = Text("Whether it has a permit is open again, until that is recorded or confirmed.")
TAKEN_BACK = Text("Taken back; whether it has a permit is open again.")
STAYS = Text("Who confirmed it, of which day and how, stays in the history.")


@bp.route("/<int:institution_id>/unlicensed", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def confirm_unlicensed(institution_id: int) -> ResponseReturnValue:
    institution, form = loaded(institution_id), UnlicensedForm()

    def act(session: Session) -> Done:
        service.confirm_unlicensed(
            session,
            institution,
            on_day=given(form.on_day.data),
            note=form.reason.data or "",
            **acting.today(form),
        )
        said = Text("Confirmed: %(name)s has no permit.", name=institution.name)
        return Done(_record(institution), said)

    return answered(form, act, lambda: _page(institution, form, CONFIRM, CONFIRMING))


@bp.route("/<int:institution_id>/not-unlicensed", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def take_back_unlicensed(institution_id: int) -> ResponseReturnValue:
    institution, form = loaded(institution_id), ReasonForm()

    def act(session: Session) -> Done:
        note = form.reason.data or ""
        service.take_back_unlicensed(session, institution, note=note, **acting.by(form))
        return Done(_record(institution), TAKEN_BACK)

    return answered(form, act, lambda: _page(institution, form, TAKE_BACK, TAKING_BACK))


def _record(institution: Institution) -> str:
    return url_for(".show", institution_id=institution.id)


def _page(institution: Institution, form: OversightForm, verb: Text, happens: Text) -> str:
    if not form.is_submitted():
        form.version.data = str(institution.version)
    return render_template(
        "registry/decide.html",
        institution=institution,
        form=form,
        verb=verb,
        happens=happens,
        stays=STAYS,
    )

"""Pages for licences and what happens to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.law import identifiers
from training_oversight.registry import queries, service
from training_oversight.registry.forms import LicenceEventForm, LicenceForm
from training_oversight.registry.forms.unlikely import unlikely_days
from training_oversight.registry.models import Institution, LicenceType
from training_oversight.registry.presenting import licence_status
from training_oversight.registry.views.blueprint import bp
from training_oversight.registry.views.record import loaded
from training_oversight.texts import Text
from training_oversight.web.choices import each
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered


@bp.route("/<int:institution_id>/licences/new", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def add_licence(institution_id: int) -> ResponseReturnValue:
    institution, form = loaded(institution_id), LicenceForm()

    def act(session: Session) -> Done:
        service.add_licence(
            session,
            institution,
            values=form.values(),
            by=current_officer(),
            today=clock.today(),
        )
        said = Text("The paper is recorded.")
        return Done(_record(institution), said, know=_doubts(form, institution))

    return answered(
        form,
        act,
        lambda: render_template("registry/add_licence.html", form=form, institution=institution),
    )


@bp.route("/<int:institution_id>/licences/<int:licence_id>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def change_licence(institution_id: int, licence_id: int) -> ResponseReturnValue:
    institution = loaded(institution_id)
    licence = queries.licence_of(institution, licence_id)
    form = LicenceForm(obj=licence)

    def act(session: Session) -> Done:
        service.change_licence(
            session,
            licence,
            values=form.values(),
            by=current_officer(),
            today=clock.today(),
            version=form.seen_version,
        )
        said = Text("The paper is corrected.")
        return Done(_record(institution), said, know=_doubts(form, institution))

    return answered(
        form,
        act,
        lambda: render_template(
            "registry/change_licence.html", form=form, institution=institution, licence=licence
        ),
    )


@bp.route("/<int:institution_id>/licences/<int:licence_id>/event", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def licence_event(institution_id: int, licence_id: int) -> ResponseReturnValue:
    institution = loaded(institution_id)
    licence = queries.licence_of(institution, licence_id)
    form = LicenceEventForm()
    possible = service.possible_events(licence)
    form.kind.choices = each(possible)
    if not form.is_submitted():
        form.version.data = str(licence.version)
        form.kind.data = next((k for k in possible if k.value == request.args.get("kind")), None)

    def act(session: Session) -> Done:
        service.record_licence_event(
            session,
            licence,
            kind=form.kind.data,
            on_day=cast(date, form.on_day.data),
            year=form.year.data,
            grade=form.grade.data,
            valid_until=form.valid_until.data,
            note=form.note.data or "",
            by=current_officer(),
            today=clock.today(),
            version=form.seen_version,
        )
        said = Text("Recorded: %(what)s.", what=form.kind.data)
        return Done(_record(institution), said, know=unlikely_days(form))

    return answered(
        form,
        act,
        lambda: render_template(
            "registry/licence_event.html",
            form=form,
            institution=institution,
            licence=licence,
            status=licence_status(licence, clock.today()),
        ),
    )


def _record(institution: Institution) -> str:
    return url_for(".show", institution_id=institution.id, _anchor="papers")


def _doubts(form: LicenceForm, institution: Institution) -> Sequence[Text]:
    """What is unusual about the number and the days; it is kept all the same."""
    days = unlikely_days(form)
    if form.type.data is not LicenceType.SCHOOL or not form.number.data:
        return days
    found = identifiers.clean_licence_number(
        form.number.data, county_code=institution.authority.code
    )
    return [*found.warnings, *days]

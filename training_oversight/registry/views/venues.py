"""The places where an institution teaches: one more, a correction, the main one, given up."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import transaction
from training_oversight.errors import WrongState
from training_oversight.registry import queries, service
from training_oversight.registry.forms import EndVenueForm, VenueForm
from training_oversight.registry.forms.unlikely import unlikely_days
from training_oversight.registry.models import Institution
from training_oversight.registry.views.blueprint import bp
from training_oversight.registry.views.editing import describe_unseen
from training_oversight.registry.views.record import loaded
from training_oversight.texts import Text
from training_oversight.web.forms import OversightForm, given
from training_oversight.web.marks import requires
from training_oversight.web.messages import flash
from training_oversight.web.steps import Done, answered


@bp.route("/<int:institution_id>/venues/new", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def add_venue(institution_id: int) -> ResponseReturnValue:
    institution, form = loaded(institution_id), VenueForm()
    _against(form, institution)

    def act(session: Session) -> Done:
        service.add_venue(
            session,
            institution,
            values=form.values(),
            by=current_officer(),
            version=form.seen_version,
        )
        said = Text("The venue is recorded.")
        return Done(_record(institution), said, know=unlikely_days(form))

    return answered(
        form,
        act,
        lambda: render_template(
            "registry/venue.html", form=form, institution=institution, venue=None
        ),
    )


@bp.route("/<int:institution_id>/venues/<int:venue_id>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def change_venue(institution_id: int, venue_id: int) -> ResponseReturnValue:
    institution, form = loaded(institution_id), VenueForm()
    venue = queries.venue_of(institution, venue_id)
    present = service.venue_values_of(venue)
    describe_unseen(form, present)
    _against(form, institution)
    if not form.is_submitted():
        form.fill(present)

    def act(session: Session) -> Done:
        service.change_venue(
            session,
            venue,
            values=form.values(present),
            by=current_officer(),
            version=form.seen_version,
        )
        said = Text("The venue is changed.")
        return Done(_record(institution), said, know=unlikely_days(form))

    return answered(
        form,
        act,
        lambda: render_template(
            "registry/venue.html", form=form, institution=institution, venue=venue
        ),
    )


@bp.route("/<int:institution_id>/venues/<int:venue_id>/end", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def end_venue(institution_id: int, venue_id: int) -> ResponseReturnValue:
    institution, form = loaded(institution_id), EndVenueForm()
    venue = queries.venue_of(institution, venue_id)
    _against(form, institution)
    if venue.ended_on is not None and not form.is_submitted():
        raise WrongState(Text("It has not taught there since %(day)s.", day=venue.ended_on))

    def act(session: Session) -> Done:
        service.end_venue(
            session,
            venue,
            ended_on=given(form.ended_on.data),
            reason=form.reason.data or "",
            by=current_officer(),
            today=clock.today(),
            version=form.seen_version,
        )
        return Done(
            _record(institution),
            Text("It does not teach at %(place)s any more.", place=venue.address),
        )

    return answered(
        form,
        act,
        lambda: render_template(
            "registry/end_venue.html", form=form, institution=institution, venue=venue
        ),
    )


@bp.route("/<int:institution_id>/venues/<int:venue_id>/main", methods=["POST"])
@requires(Permission.EDIT_REGISTRY)
def main_venue(institution_id: int, venue_id: int) -> ResponseReturnValue:
    """Said twice it stays the same, so that a double click is no harm."""
    institution, officer = loaded(institution_id), current_officer()
    venue = queries.venue_of(institution, venue_id)
    with transaction() as session:
        service.make_main(session, venue, by=officer)
    flash(Text("%(place)s is the main venue now.", place=venue.address))
    return redirect(_record(institution))


def _record(institution: Institution) -> str:
    return url_for(".show", institution_id=institution.id, _anchor="facts")


def _against(form: OversightForm, institution: Institution) -> None:
    """The form counts against the record as it is shown."""
    if not form.is_submitted():
        form.version.data = str(institution.version)

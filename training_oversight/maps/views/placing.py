"""The position of a venue: a pin to drag, and a field that does the same without script."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import places
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session
from training_oversight.maps import service
from training_oversight.maps.forms import PlaceForm
from training_oversight.maps.views.blueprint import bp
from training_oversight.places import Position
from training_oversight.registry import queries
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.web import headers
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered


@bp.route("/<int:institution_id>/position", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def place(institution_id: int) -> ResponseReturnValue:
    institution = _loaded(institution_id)
    present = _present(institution)
    form = PlaceForm(position=str(present) if present else "")
    if not form.is_submitted():
        form.version.data = str(institution.version)

    def act(session: Session) -> Done:
        record = url_for("registry.show", institution_id=institution.id)
        if form.says_again(present):
            form.say(Text("The position is saved so already; nothing is changed."), "quiet")
            return Done(record)
        service.place_venue(
            session,
            institution,
            position=form.place(),
            source=form.source,
            accuracy=form.metres,
            by=current_officer(),
            version=form.seen_version,
        )
        return Done(record, Text("The position of %(name)s is saved.", name=institution.name))

    return answered(form, act, lambda: _page(institution, form))


def _loaded(institution_id: int) -> Institution:
    return queries.get(current_session(), institution_id, current_officer().scope)


def _page(institution: Institution, form: PlaceForm) -> str:
    settings = catalogue.map_settings(
        current_session(), authority_id=current_officer().authority_id
    )
    if settings.tiles:
        headers.allow_images_from(settings.tiles.origins)
    present = _present(institution)
    return render_template(
        "maps/place.html",
        institution=institution,
        venue=institution.main_venue,
        present=present,
        shown=present and places.from_wgs84(present, settings.datum),
        form=form,
        settings=settings,
        # What stands around it, to find the way on a plain ground.
        points_url=url_for(".map_points", township=institution.division_id),
    )


def _present(institution: Institution) -> Position | None:
    venue = institution.main_venue
    if venue is None or venue.latitude is None or venue.longitude is None:
        return None
    return Position(venue.latitude, venue.longitude)

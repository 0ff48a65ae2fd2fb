"""Settings of the map: what lies under it, the county's outline, who is asked for addresses."""

from __future__ import annotations

from http import HTTPStatus

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import queries as audit_queries
from training_oversight.audit import timeline
from training_oversight.audit.recent_changes import Reading, by
from training_oversight.catalogue import map_settings as maps
from training_oversight.catalogue import queries, service
from training_oversight.catalogue.map_forms import GeocoderForm, OutlineForm, TilesForm
from training_oversight.catalogue.models import Setting
from training_oversight.catalogue.views import bp
from training_oversight.database import JsonObject, current_session
from training_oversight.errors import BadInput, OversightError, TooLarge
from training_oversight.places import outline
from training_oversight.texts import Counted, Text
from training_oversight.web.components import TimelineEntry
from training_oversight.web.forms import OversightForm
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered, answered_after

HISTORY = {"value": Text("Settings"), "secret": Text("Key")}


@bp.route("/map")
@requires(Permission.MANAGE_CATALOGUE)
def map_page() -> str:
    session, authority_id = current_session(), current_officer().authority_id
    rows = queries.settings(
        session, [maps.TILES, maps.OUTLINE, maps.GEOCODER], authority_id=authority_id
    )
    return render_template(
        "catalogue/map.html",
        settings=queries.map_settings(session, authority_id=authority_id),
        has_key=maps.GEOCODER in rows and bool(rows[maps.GEOCODER].secret),
        history=_history(list(rows.values())),
    )


@bp.route("/map/tiles", methods=["GET", "POST"])
@requires(Permission.MANAGE_CATALOGUE)
def map_tiles() -> ResponseReturnValue:
    known = _known()
    form = TilesForm(obj=known.tiles)

    def act(session: Session) -> Done:
        service.set_tiles(session, form.tiles(), by=current_officer(), version=form.seen_version)
        return Done(url_for(".map_page"), Text("Saved. The map is drawn so from now on."))

    def page() -> str:
        _remember(form, maps.TILES)
        return render_template("catalogue/map_tiles.html", form=form)

    return answered(form, act, page)


@bp.route("/map/outline", methods=["GET", "POST"])
@requires(Permission.MANAGE_CATALOGUE)
def map_outline() -> ResponseReturnValue:
    known = _known().outline
    form = OutlineForm(approval=known.approval if known else "")

    def act(session: Session, read: tuple[FileStorage, outline.Outline]) -> Done:
        upload, drawn = read
        service.set_outline(
            session,
            drawn,
            name=(upload.filename or "")[:100],
            approval=form.approval.data,
            by=current_officer(),
            version=form.seen_version,
        )
        return Done(
            url_for(".map_page"),
            Counted(
                "Saved: the outline has %(surfaces)s surface and %(points)s points.",
                "Saved: the outline has %(surfaces)s surfaces and %(points)s points.",
                surfaces=len(drawn.polygons),
                points=drawn.points,
            ),
        )

    def page() -> str:
        _remember(form, maps.OUTLINE)
        return render_template("catalogue/map_outline.html", form=form, known=known)

    return answered_after(form, lambda: _read(form), act, page)


@bp.route("/map/outline/remove", methods=["GET", "POST"])
@requires(Permission.MANAGE_CATALOGUE)
def remove_outline() -> ResponseReturnValue:
    form = OversightForm()

    def act(session: Session) -> Done:
        service.set_outline(session, None, by=current_officer(), version=form.seen_version)
        return Done(url_for(".map_page"), Text("The outline is off the map."))

    def page() -> str:
        _remember(form, maps.OUTLINE)
        known = _known().outline
        return render_template("catalogue/map_outline_remove.html", form=form, known=known)

    return answered(form, act, page)


@bp.route("/map/geocoder", methods=["GET", "POST"])
@requires(Permission.MANAGE_CATALOGUE)
def map_geocoder() -> ResponseReturnValue:
    known = _known().geocoder
    form = GeocoderForm(obj=known)
    if known:
        form.key.description = Text(
            "There is a key of %(service)s. Leave empty to keep it.", service=known.service
        )

    def act(session: Session) -> Done:
        service.set_geocoder(
            session,
            form.choice(),
            key=form.key.data or "",
            by=current_officer(),
            version=form.seen_version,
        )
        return Done(url_for(".map_page"), Text("Saved. No address is asked for by itself."))

    def page() -> str:
        _remember(form, maps.GEOCODER)
        return render_template("catalogue/map_geocoder.html", form=form)

    return answered(form, act, page)


def _known() -> maps.MapSettings:
    return queries.map_settings(current_session(), authority_id=current_officer().authority_id)


def _remember(form: OversightForm, code: str) -> None:
    """The version that the next press counts against; 0 where nothing was ever set."""
    if form.is_submitted() and form.status is not HTTPStatus.CONFLICT:
        return
    found = queries.settings(current_session(), [code], authority_id=current_officer().authority_id)
    form.version.data = str(found[code].version) if code in found else "0"


def _read(form: OutlineForm) -> tuple[FileStorage, outline.Outline] | None:
    """The file's outline; nothing, and the sentence beside the field, where it holds none."""
    upload = form.outline.data
    try:
        if not isinstance(upload, FileStorage):
            raise BadInput(outline.NOT_GEOJSON)
        # One byte more than is taken tells that there is more.
        content = upload.stream.read(outline.MOST_BYTES + 1)
        return upload, outline.read(content, form.datum.data)
    except (BadInput, TooLarge) as error:
        _beside_the_file(form, error)
        return None


def _beside_the_file(form: OutlineForm, error: OversightError) -> None:
    form.refuse(BadInput(error.text, {"outline": error.text}))


def _history(rows: list[Setting]) -> list[TimelineEntry]:
    session = current_session()
    events = [event for row in rows for event in audit_queries.history(session, row)]
    latest_first = sorted(events, key=lambda event: (event.at, event.id), reverse=True)
    return timeline.entries(latest_first, HISTORY, {"value": _said})


def _said(value: JsonObject) -> object:
    """One setting in a line, as far as a reader of its history needs it."""
    match value:
        case {"address": address, "datum": datum, "approval": approval}:
            return f"{address}·{maps.DATUMS[datum].label}·{approval}"
        case {"name": name, "points": points, "approval": approval}:
            return Text("%(name)s, %(points)s points, %(approval)s",
                        name=name, points=points, approval=approval)  # fmt: skip
        case {"service": known, "per_second": per_second}:
            return Text("%(service)s, %(count)s questions a second",
                        service=maps.SERVICES[known], count=per_second)  # fmt: skip
    # What other areas set there, their own pages say in full.
    return Text("Set anew") if value else Text("None")


READING = Reading(("setting",), by(HISTORY, {"value": _said}))

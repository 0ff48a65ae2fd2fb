"""机构地图: the same filtered set as the list, by where it is; a list of places without script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement

from training_oversight import clock, places
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.map_settings import DATUMS
from training_oversight.database import current_session
from training_oversight.errors import BadInput
from training_oversight.maps import queries
from training_oversight.maps.queries import Near, Permit, Point
from training_oversight.maps.views.blueprint import bp
from training_oversight.places import Datum, Position, outline
from training_oversight.registry import presenting
from training_oversight.registry import queries as registry
from training_oversight.registry.listing import (
    LISTING,
    address,
    filter_bar,
    kept,
    view_tabs,
    wanted_here,
)
from training_oversight.registry.models import Institution, Venue
from training_oversight.registry.queries import InstitutionFilter, View
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import Text
from training_oversight.web import headers
from training_oversight.web.addresses import asking
from training_oversight.web.components import Shape, Status, Tab, Tone
from training_oversight.web.contributions import contributions
from training_oversight.web.marks import requires
from training_oversight.web.paging import Key, Page, paged

# More than this no browser draws quickly, and nobody reads; the page says so.
MOST_POINTS = 5000
NEAREST = 20
# What an address says of this page alone, and not of the set that it shows.
POINT = ("near", "datum")
OWN_PARTS = (*POINT, "at", "position")
KIND_NOT_KNOWN = Text("Kind not known")

# What a marker says: the state where it is not the usual one, else what stands of the permit.
MARKS: Mapping[str, Status] = {
    Permit.LICENSED: Status(Shape.DONE, Permit.LICENSED.label, Tone.GREEN),
    Permit.LAPSED: Status(Shape.OVERDUE, Permit.LAPSED.label, Tone.RED),
    Permit.UNLICENSED: presenting.UNLICENSED,
    Permit.UNRECORDED: Status(Shape.NOT_BEGUN, Permit.UNRECORDED.label, Tone.GREY),
    **{
        state: Status(shape, state.label, tone)
        for state, (shape, tone) in presenting.STATE_LOOKS.items()
        if state is not InstitutionState.OPERATING
    },
}


@dataclass(frozen=True)
class MapRow:
    """A line beside the map. ``away``, the distance, is set only in the list of the nearest."""

    id: int
    name: str
    about: str
    marks: Sequence[str]
    venue: Venue | None
    away: Text | None = None


@bp.route("/map")
@requires(Permission.VIEW_REGISTRY)
def map_page() -> ResponseReturnValue:
    officer, today, session = current_officer(), clock.today(), current_session()
    settings = catalogue.map_settings(session, authority_id=officer.authority_id)
    if settings.tiles:
        headers.allow_images_from(settings.tiles.origins)
    wanted = wanted_here(today)
    kinds = catalogue.kind_labels(session, authority_id=officer.authority_id, today=today)
    counts = registry.view_counts(session, officer)
    total = registry.count(session, officer, wanted, today=today, known=counts)
    placed = queries.count_placed(session, officer, wanted, today=today)
    here, fault = _near()
    page = (
        _nearest(officer, wanted, here, kinds, today=today)
        if here
        else _paged(officer, wanted, kinds, total=total, placed=placed, today=today)
    )
    return render_template(
        "maps/map.html",
        page=page,
        here=here,
        typed=request.args.get("near", "")[:100],
        fault=fault,
        shown_here=here and places.from_wgs84(here, settings.datum),
        datums=Datum,
        total=total,
        placed=placed,
        most=MOST_POINTS,
        bar=filter_bar(officer, wanted, kinds),
        views=view_tabs(wanted, counts),
        parts=_parts(total, placed),
        marks=MARKS,
        settings=settings,
        kept=[(n, v) for n, each in kept().items() if n not in OWN_PARTS for v in each],
        points_url=_same_set(".map_points", near=placed > MOST_POINTS),
        list_url=_same_set("registry.index"),
        everywhere_url=address(near=None, datum=None, at=None),
        may_place=officer.may(Permission.EDIT_REGISTRY),
        locate_url=(
            _same_set(".locate")
            if settings.geocoder and placed < total and officer.may(Permission.EDIT_REGISTRY)
            else None
        ),
        everything=counts[View.ALL],
    )


@bp.route("/map/points")
@requires(Permission.VIEW_REGISTRY)
def map_points() -> ResponseReturnValue:
    """The points of the same set, as the map draws them: nothing about persons."""
    officer, today, session = current_officer(), clock.today(), current_session()
    datum = catalogue.map_settings(session, authority_id=officer.authority_id).datum
    kinds = catalogue.kind_labels(session, authority_id=officer.authority_id, today=today)
    marked = {each.name: each for each in contributions().facets_of(LISTING, officer) if each.mark}
    words = {name: str(each.mark[1]) for name, each in marked.items() if each.mark}
    flags = {name: each.clause(each.mark[0], today) for name, each in marked.items() if each.mark}
    found = _points(officer, wanted_here(today), flags, today=today)
    return jsonify(points=[_drawn(point, kinds, words, datum) for point in found])


def _points(
    officer: Officer,
    wanted: InstitutionFilter,
    flags: Mapping[str, ColumnElement[bool]],
    *,
    today: date,
) -> Sequence[Point]:
    session, (here, _) = current_session(), _near()
    if here is None:
        return queries.points(session, officer, wanted, today=today, limit=MOST_POINTS, flags=flags)
    found = queries.nearest(session, officer, wanted, here, today=today, limit=NEAREST, flags=flags)
    return [near.point for near in found]


@bp.route("/map/outline")
@requires(Permission.VIEW_REGISTRY)
def map_outline() -> ResponseReturnValue:
    """The county's outline in the coordinates of the ground that lies below it."""
    session, authority_id = current_session(), current_officer().authority_id
    datum = catalogue.map_settings(session, authority_id=authority_id).datum
    shape = catalogue.outline_shape(session, authority_id=authority_id)
    return jsonify(outline.shown_in(shape, datum))


def _drawn(
    point: Point, kinds: Mapping[str, str], flags: Mapping[str, str], datum: Datum
) -> dict[str, object]:
    shown = places.from_wgs84(point.position, datum)
    return {
        "id": point.id,
        "name": point.name,
        "about": _about(point.kind_code, point.division, kinds),
        "marks": _marks(point.state, point.permit),
        "flags": [flags[name] for name in sorted(point.flags)],
        "lat": round(shown.latitude, 6),
        "lng": round(shown.longitude, 6),
    }


def _about(kind_code: str | None, division: str, kinds: Mapping[str, str]) -> str:
    return f"{kinds.get(kind_code or '', KIND_NOT_KNOWN)}·{division}"


def _marks(state: InstitutionState, permit: Permit) -> list[str]:
    """The marks of an institution, the one that its marker carries first."""
    return [permit.value] if state is InstitutionState.OPERATING else [state.value, permit.value]


def _near() -> tuple[Position | None, Text | None]:
    """The point that the address asks about, or why it cannot be understood."""
    typed = request.args.get("near", "").strip()
    if not typed:
        return None, None
    datum = DATUMS.get(request.args.get("datum", ""), Datum.WGS84)
    try:
        given = places.parse(typed[:100])
        return places.to_wgs84(given.latitude, given.longitude, datum), None
    except BadInput as error:
        return None, error.text


def _nearest(
    officer: Officer,
    wanted: InstitutionFilter,
    here: Position,
    kinds: Mapping[str, str],
    *,
    today: date,
) -> Page[MapRow]:
    session = current_session()
    found = queries.nearest(session, officer, wanted, here, today=today, limit=NEAREST, flags={})
    venues = queries.main_venues(session, [near.point.id for near in found])
    rows = [_near_row(near, venues.get(near.point.id), kinds) for near in found]
    return Page(rows=rows, total=len(rows), first_index=1)


def _near_row(near: Near, venue: Venue | None, kinds: Mapping[str, str]) -> MapRow:
    point = near.point
    return MapRow(
        id=point.id,
        name=point.name,
        about=_about(point.kind_code, point.division, kinds),
        marks=_marks(point.state, point.permit),
        venue=venue,
        away=near.away,
    )


def _paged(
    officer: Officer,
    wanted: InstitutionFilter,
    kinds: Mapping[str, str],
    *,
    total: int,
    placed: int,
    today: date,
) -> Page[MapRow]:
    part = request.args.get("position")
    if part and part in PARTS:
        yes = part == "yes"
        wanted = replace(wanted, clauses=[*wanted.clauses, registry.has_position(yes=yes)])
        total = placed if yes else total - placed
    page = paged(
        current_session(),
        registry.with_venues(registry.listing(officer, wanted, today=today)),
        keys=[Key(Institution.sort_key), Key(Institution.id)],
        cursor=request.args.get("at"),
        address=lambda cursor: address(at=cursor),
        total=total,
    )
    return replace(page, rows=[_row(one, kinds, today=today) for one in page.rows])


def _row(one: Institution, kinds: Mapping[str, str], *, today: date) -> MapRow:
    return MapRow(
        id=one.id,
        name=one.name,
        about=_about(one.kind_code, one.division.name, kinds),
        marks=_marks(one.state, queries.permit(one, today)),
        venue=one.main_venue,
    )


PARTS = {
    "": Text("All"),
    "yes": Text("With a position"),
    "no": Text("Without a position"),
}


def _parts(total: int, placed: int) -> list[Tab]:
    counts = {"": total, "yes": placed, "no": total - placed}
    now = request.args.get("position", "")
    chosen = now if now in PARTS else ""
    return [
        Tab(words, address(position=part or None, at=None, near=None, datum=None), counts[part],
            part == chosen)
        for part, words in PARTS.items()
    ]  # fmt: skip


def _same_set(endpoint: str, *, near: bool = False) -> str:
    """Another page of the same filtered set; ``near``: of what is nearest only."""
    wanted = {n: v for n, v in kept().items() if n not in OWN_PARTS or (near and n in POINT)}
    return asking(endpoint, wanted)

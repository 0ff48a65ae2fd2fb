"""What a call is about, typed when it is taken in and again where it is put right: the place, what
was told, and what stands beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Division
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.complaints import pinned, presenting, queries
from training_oversight.complaints.forms import CHOOSE, ToldForm
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.views.blueprint import bp
from training_oversight.database import current_session
from training_oversight.errors import BadInput
from training_oversight.inspections import queries as picking
from training_oversight.names.typed import LONGEST
from training_oversight.places import Datum, Position
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.web.choices import key, listed
from training_oversight.web.marks import requires

FEW = 6


def offer(form: ToldForm, *, kept: Complaint | None = None) -> None:
    """What can be chosen; of an order that is put right also what it has."""
    session, officer = current_session(), current_officer()
    held = accounts.townships(session, officer.scope)
    townships = [(one.code, one.name) for one in held]
    if kept is not None and all(code != kept.division.code for code, _name in townships):
        townships.insert(0, (kept.division.code, kept.division.name))
    form.township.choices = listed([CHOOSE, *townships])
    kinds = catalogue.violation_types(
        session, authority_id=officer.authority_id, today=clock.today()
    )
    subjects = [(one.code, one.label) for one in kinds]
    code = kept.violation_code if kept else None
    if code is not None and all(one != code for one, _label in subjects):
        subjects.insert(0, (code, code))
    form.violation.choices = listed([("", Text("Not clear yet")), *subjects])


def institution(typed: str | None) -> Institution | None:
    number = key(typed) if typed else None
    if number is None:
        return None
    return queries.place(current_session(), current_officer(), number)


def kept_at(typed: str | None) -> Institution | None:
    """The same, for an order that is made of it."""
    number = key(typed) if typed else None
    if number is None:
        return None
    return queries.stands(current_session(), current_officer(), number)


def township(session: Session, form: ToldForm) -> Division | None:
    code = form.township.data
    return accounts.division_by_code(session, code) if code else None


def nowhere(form: ToldForm) -> dict[str, Text]:
    """What is wrong with a place that is in no record and no township."""
    if kept_at(form.institution.data) is not None or form.township.data:
        return {}
    return {"township": Text("Choose the township, so that it finds its way.")}


def map_of(form: ToldForm) -> dict[str, object]:
    """The map on which the place is pinned, with what stands around it."""
    officer = current_officer()
    points = url_for("maps.map_points") if officer.may(Permission.VIEW_REGISTRY) else ""
    return {"ground": pinned.ground(form, officer.authority_id), "points_url": points}


def beside(form: ToldForm, *, without: Complaint | None = None) -> Mapping[str, object]:
    """What stands beside the form as it was typed."""
    try:
        here = form.pinned()
    except BadInput:
        here = None
    return _beside(form.place.data or "", institution(form.institution.data), here, without)


def _beside(
    words: str, chosen: Institution | None, here: Position | None, without: Complaint | None
) -> Mapping[str, object]:
    """Places of these words, and open orders about the same; a caller who is here already is
    added to none."""
    session, officer = current_session(), current_officer()
    typed = words.strip()[:LONGEST]
    offered: Sequence[Institution] = []
    if typed and chosen is None:
        offered = picking.places(session, typed, officer, limit=FEW)
    return {
        "words": typed,
        "chosen": chosen,
        "places": offered,
        "similar": queries.similar(
            session,
            officer,
            institution_id=chosen.id if chosen else None,
            place=typed,
            position=here,
            without=without.id if without else None,
        ),
        "showing": presenting,
        "may_join": without is None and officer.may(Permission.ASSIGN_COMPLAINT),
        "today": clock.today(),
    }


@bp.route("/beside")
@requires(Permission.LOG_COMPLAINT)
def beside_page() -> ResponseReturnValue:
    """A part of the page: what stands at its side while somebody types."""
    chosen = institution(request.args.get("institution"))
    try:
        said = request.args.get("datum", "")
        datum = next((one for one in Datum if one.value == said), None)
        here = pinned.read(request.args.get("position", ""), datum)
    except BadInput:
        here = None
    number = key(request.args.get("correcting", ""))
    officer = current_officer()
    order = queries.complaint_for(current_session(), officer, number) if number else None
    return render_template(
        "complaints/_beside.html", **_beside(request.args.get("place", ""), chosen, here, order)
    )

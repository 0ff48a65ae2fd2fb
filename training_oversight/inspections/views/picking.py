"""Which place a visit goes to: what is planned, mine, near me, or found by words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, request, url_for
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight import places as positions
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Division
from training_oversight.errors import BadInput
from training_oversight.inspections import presenting, queries
from training_oversight.names.typed import LONGEST
from training_oversight.places import Position
from training_oversight.registry.listing import is_wide
from training_oversight.registry.models import NEVER, Institution
from training_oversight.registry.queries import View
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import Text


@dataclass(frozen=True)
class Offered:
    """A place in a list to choose from, and what helps to tell it from others."""

    id: int
    name: str
    about: str
    # How far it is, or what is unusual of it; else how long nobody was there.
    beside: Text | None
    last_visit: date | None = None


def which_place(session: Session) -> str:
    """The page before the forms of a visit, or what was looked for on it."""
    officer, today = current_officer(), clock.today()
    words = request.args.get("q", "").strip()[:LONGEST]
    towns = [] if is_wide(officer) else accounts.townships(session, officer.scope)
    town = next((one for one in towns if one.code == request.args.get("township")), None)
    here, fault = _here()
    looked_for = bool(words or town or here)
    mine = [] if looked_for else queries.in_my_charge(session, officer, today=today)
    return render_template(
        "inspections/which_place.html",
        words=words,
        found=[_offered(one) for one in queries.places(session, words, officer)] if words else [],
        near=_near(session, here) if here else [],
        here=here,
        fault=fault,
        towns=towns,
        town=town,
        in_town=_in_town(session, town) if town else [],
        all_of_town_url=url_for("registry.index", township=town.id) if town else "",
        planned=[] if looked_for else queries.to_make(session, officer),
        planned_url=url_for(".index", officer=officer.id),
        status=presenting.visit_status,
        mine=[_offered(one) for one in mine],
        mine_url=url_for("registry.index", view=View.MINE.value),
        looked_for=looked_for,
    )


def _here() -> tuple[Position | None, Text | None]:
    """Where the officer stands, if the device or a person said so, or what is wrong with it."""
    typed = request.args.get("near", "").strip()[:LONGEST]
    try:
        return (positions.parse(typed) if typed else None), None
    except BadInput as error:
        return None, error.text


def _near(session: Session, here: Position) -> Sequence[Offered]:
    found = queries.near(session, current_officer(), here, today=clock.today())
    return [
        Offered(one.point.id, one.point.name, one.point.division, beside=one.away) for one in found
    ]


def _in_town(session: Session, town: Division) -> Sequence[Offered]:
    found = queries.in_township(session, current_officer(), town, today=clock.today())
    return [_offered(one) for one in found]


def _offered(one: Institution) -> Offered:
    address = one.main_venue.address if one.main_venue else ""
    about = "·".join(filter(None, (one.division.name, address)))
    return Offered(one.id, one.name, about, _unusual(one), _last_visit(one))


def _unusual(one: Institution) -> Text | None:
    if one.state is not InstitutionState.OPERATING:
        return one.state.label
    return Text("Never visited") if one.sort_visited == NEVER else None


def _last_visit(one: Institution) -> date | None:
    return None if one.sort_visited == NEVER else clock.day_of(one.sort_visited)

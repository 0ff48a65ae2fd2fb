"""What an address asks of the register: the same for its list, its map and its export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from flask import request, url_for
from werkzeug.datastructures import MultiDict

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import DivisionLevel, Officer
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session
from training_oversight.registry import queries
from training_oversight.registry.models import Institution
from training_oversight.registry.queries import (
    NOBODY,
    InstitutionFilter,
    PermitFilter,
    Search,
    View,
)
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import Counted, Text
from training_oversight.web import choosing, facets, safe_request
from training_oversight.web.addresses import asking
from training_oversight.web.components import Filter, FilterBar, Tab
from training_oversight.web.contributions import contributions

LISTING = "institutions"
NOT_SETTLED = (NOBODY, Text("Not settled"))
# Which rows, and how they are shown. What upper areas add comes to it.
NARROWING = frozenset(
    {"view", "q", "kind", "township", "department", "state", "licensed", "officer", "id"}
)
SHOWING = frozenset({"sort", "cols"})
# The boxes of the bar that stand in the line, the rest behind “more”.
LEADING = 5
# More boxes than any list has: an address is typed by anybody.
MOST_OF_A_KIND = 100
# Above a county its parts are offered instead of the townships, and no list of all officers.
WIDE = (DivisionLevel.PROVINCE, DivisionLevel.PREFECTURE)


def wanted_here(today: date) -> InstitutionFilter:
    """What the address asks for; the export and the map have the same parts in theirs."""
    return wanted_of(request.args, today, by=current_officer())


def wanted_of(args: MultiDict[str, str], today: date, *, by: Officer) -> InstitutionFilter:
    """What such an address asks for; work without a page keeps address and officer."""
    words = args.get("q", "").strip()[:100]
    # Who searches from the top bar looks for closed institutions, too.
    default = View.ALL if words else View.LIVE
    view = next((view for view in View if view.value == args.get("view")), default)
    wide = is_wide(by)
    return InstitutionFilter(
        view=view,
        words=words,
        found=queries.matching(current_session(), Search.by(by, words)),
        kinds=args.getlist("kind")[:MOST_OF_A_KIND],
        townships=() if wide else args.getlist("township"),
        places=_paths(by, args.getlist("township")[:MOST_OF_A_KIND]) if wide else (),
        department=args.get("department", ""),
        state=args.get("state", ""),
        licensed=args.get("licensed", ""),
        officer=args.get("officer", ""),
        clauses=[
            *facets.clauses(facets.asked(LISTING, args, current_session(), by), today),
            *_chosen(args),
        ],
    )


def _chosen(args: MultiDict[str, str]) -> list[sa.ColumnElement[bool]]:
    """Rows that were ticked in the list: ``id`` with their keys between commas."""
    if not (typed := args.get("id", "")):
        return []
    return [Institution.id.in_(_keys(typed))]


def _keys(typed: str) -> list[int]:
    return safe_request.keys(typed.split(","))[: choosing.MOST]


def is_wide(officer: Officer) -> bool:
    return officer.division.level in WIDE


def _paths(officer: Officer, wanted: Sequence[str]) -> list[str]:
    """The parts of a wide scope that are asked for; one that is none finds nothing."""
    if not wanted:
        return []
    known = {str(one.id): one.path for one in accounts.parts(current_session(), officer.division)}
    return [known.get(key, NOBODY) for key in wanted]


def parameters(officer: Officer) -> frozenset[str]:
    """The parts of the list's address that a saved filter keeps."""
    offered = contributions().facets_of(LISTING, officer)
    return NARROWING | SHOWING | {facet.name for facet in offered}


def lasting(parts: Sequence[tuple[str, str]], officer: Officer) -> list[tuple[str, str]]:
    """The same rows for another officer: “in my charge” becomes in this officer's charge."""
    if ("view", View.MINE.value) not in parts:
        return list(parts)
    others = [(name, value) for name, value in parts if name not in ("view", "officer")]
    return [*others, ("view", View.LIVE.value), ("officer", str(officer.id))]


def view_tabs(wanted: InstitutionFilter, counts: Mapping[View, int | None]) -> list[Tab]:
    return [
        Tab(view.label, address(view=view.value, at=None), counts[view], view is wanted.view)
        for view in View
    ]


def filter_bar(
    officer: Officer, wanted: InstitutionFilter, kinds: Mapping[str, str], *, save_url: str = ""
) -> FilterBar:
    """The boxes of the bar: the register's own and those of upper areas, in one order."""
    asked = facets.asked(LISTING, request.args, current_session(), officer)
    ordered = [
        *_own_boxes(officer, wanted, kinds),
        *((one.facet.order, one.box(cleared)) for one in asked),
    ]
    shown = {n: request.args.getlist(n) for n in request.args if n in SHOWING}
    return FilterBar(
        action=url_for(_endpoint()),
        filters=[each for _, each in sorted(ordered, key=lambda pair: pair[0])],
        search_label=Text("Name, initials, address, licence number or telephone"),
        query=wanted.words,
        clear_url=asking(_endpoint(), shown, view=wanted.view.value),
        leading=LEADING,
        save_url=save_url,
        kept=[("view", wanted.view.value), *((n, v) for n in shown for v in shown[n])],
    )


def _own_boxes(
    officer: Officer, wanted: InstitutionFilter, kinds: Mapping[str, str]
) -> list[tuple[int, Filter]]:
    session, chosen = current_session(), request.args.getlist("township")
    wide = is_wide(officer)
    places = (
        accounts.parts(session, officer.division)
        if wide
        else accounts.townships(session, officer.scope)
    )
    towns = [(str(one.id), one.name) for one in places]
    offices = [
        (str(one.id), one.name) for one in accounts.departments(session, officer.authority_id)
    ]
    people = [] if wide else [(str(key), name) for key, name in queries.in_charge(session, officer)]
    permits = PermitFilter.choices()
    sorts = [*kinds.items(), NOT_SETTLED]
    place = Text("Part of the area") if wide else Text("Township")
    return [
        (10, facets.many_box("township", place, towns, chosen, cleared)),
        (20, facets.many_box("kind", Text("Kind"), sorts, wanted.kinds, cleared)),
        (30, facets.box("licensed", Text("Permit"), permits, wanted.licensed, cleared)),
        (40, facets.box(
            "officer", Text("Officer in charge"), [(NOBODY, Text("Nobody yet")), *people],
            wanted.officer, cleared,
        )),
        (70, facets.box(
            "department", Text("Industry department"), [NOT_SETTLED, *offices],
            wanted.department, cleared,
        )),
        *_chosen_box(),
        (71, facets.box("state", Text("State"), InstitutionState.choices(), wanted.state, cleared)),
    ]  # fmt: skip


def _chosen_box() -> list[tuple[int, Filter]]:
    """Only where rows were chosen: it says how many, and lets them go."""
    if not (typed := request.args.get("id", "")):
        return []
    words = Counted("%(found)s institution", "%(found)s institutions", found=len(_keys(typed)))
    return [(0, facets.box("id", Text("Chosen"), [(typed, words)], typed, cleared))]


def cleared(name: str) -> str:
    """The same page without one of its filters."""
    return address(**{name: None, "at": None})


def address(**changed: object) -> str:
    """This page's own address with some of its parts changed; ``None`` takes one away.

    The map has the same parts, under its own name.
    """
    return asking(_endpoint(), {k: v for k, v in {**kept(), **changed}.items() if v})


def kept() -> dict[str, list[str]]:
    """The parts of this address, for another one."""
    return safe_request.parts()


def elsewhere(endpoint: str) -> str:
    """The address of another page about the same rows."""
    return asking(endpoint, {n: v for n, v in kept().items() if n not in ("at", "all")})


def kinds_here(officer: Officer) -> Mapping[str, str]:
    return catalogue.kind_labels(
        current_session(), authority_id=officer.authority_id, today=clock.today()
    )


def _endpoint() -> str:
    return request.endpoint or ".index"

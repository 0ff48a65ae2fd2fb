"""机构台账: the list, its filters and saved views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session
from training_oversight.registry import queries
from training_oversight.registry.models import Institution
from training_oversight.registry.queries import NOBODY, Search, View, Wanted
from training_oversight.registry.views import saying
from training_oversight.registry.views.blueprint import bp
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import Text
from training_oversight.web.components import Choice, Filter, FilterBar, Status, Tab
from training_oversight.web.contributions import Facet, Step, contributions
from training_oversight.web.marks import requires
from training_oversight.web.paging import Key, Page, paged

LISTING = "institutions"
NOT_SETTLED = (NOBODY, Text("Not settled"))


@dataclass(frozen=True)
class Row:
    """One institution as the list shows it."""

    institution: Institution
    kind: str | Text
    standing: Status
    standing_note: Text | None
    state: Status
    step: Step | None


@bp.route("")
@requires(Permission.VIEW_REGISTRY)
def index() -> ResponseReturnValue:
    officer, today, session = current_officer(), clock.today(), current_session()
    wanted = wanted_here(today)
    counts = queries.view_counts(session, officer, today=today)
    kinds = catalogue.kind_labels(session, authority_id=officer.authority_id, today=today)
    total = queries.count(session, officer, wanted, today=today)
    page = paged(
        session,
        queries.listing(officer, wanted, today=today),
        keys=[Key(Institution.sort_key), Key(Institution.id)],
        cursor=request.args.get("at"),
        address=lambda cursor: address(at=cursor),
        total=total,
    )
    return render_template(
        "registry/index.html",
        page=replace(page, rows=_rows(page, officer, kinds, today=today)),
        bar=filter_bar(officer, wanted, kinds),
        views=view_tabs(wanted, counts),
        total=total,
        everything=counts[View.ALL],
        wanted=wanted,
        officer=officer,
        may_add=officer.may(Permission.EDIT_REGISTRY),
        import_url=url_for("imports.start") if officer.may(Permission.IMPORT_REGISTRY) else None,
        map_url=url_for(".map_page", **{n: v for n, v in kept().items() if n != "at"}),
        export_url=_export_url() if officer.may(Permission.EXPORT_REGISTRY) else None,
    )


def wanted_here(today: date) -> Wanted:
    """What the address asks for; the export and the map have the same parts in theirs."""
    return wanted_of(request.args, today, by=current_officer())


def wanted_of(args: MultiDict[str, str], today: date, *, by: Officer) -> Wanted:
    """What such an address asks for; work without a page keeps address and officer."""
    words = args.get("q", "").strip()[:100]
    # Who searches from the top bar looks for closed institutions, too.
    default = View.ALL if words else View.LIVE
    view = next((view for view in View if view.value == args.get("view")), default)
    return Wanted(
        view=view,
        words=words,
        found=queries.matching(current_session(), Search.by(by, words)),
        kinds=args.getlist("kind"),
        townships=args.getlist("township"),
        department=args.get("department", ""),
        state=args.get("state", ""),
        licensed=args.get("licensed", ""),
        officer=args.get("officer", ""),
        clauses=[
            facet.clause(args[facet.name], today)
            for facet in contributions().facets_of(LISTING)
            if args.get(facet.name)
        ],
    )


def _rows(
    page: Page[Institution], officer: Officer, kinds: Mapping[str, str], *, today: date
) -> list[Row]:
    keys = [institution.id for institution in page.rows]
    steps = contributions().steps_of(LISTING, current_session(), officer, keys, today)
    return [
        Row(
            institution=institution,
            kind=kinds.get(institution.kind_code or "", Text("Kind not known")),
            standing=saying.standing(institution, today),
            standing_note=saying.standing_note(institution, today),
            state=saying.state_status(institution),
            step=steps.get(institution.id) or _own_step(institution, officer),
        )
        for institution in page.rows
    ]


def _own_step(institution: Institution, officer: Officer) -> Step | None:
    """What the register itself still wants of an institution."""
    if institution.state is InstitutionState.CLOSED:
        return None
    if institution.officer_in_charge_id is None:
        may = officer.may(Permission.EDIT_REGISTRY)
        url = url_for(".assign", institution_id=institution.id) if may else None
        return Step(Text("Name the officer in charge"), Text("Nobody yet"), url=url)
    return None


def view_tabs(wanted: Wanted, counts: Mapping[View, int]) -> list[Tab]:
    return [
        Tab(view.label, address(view=view.value, at=None), counts[view], view is wanted.view)
        for view in View
    ]


def filter_bar(officer: Officer, wanted: Wanted, kinds: Mapping[str, str]) -> FilterBar:
    session = current_session()
    townships = [(str(one.id), one.name) for one in accounts.townships(session, officer.scope)]
    departments = [
        (str(one.id), one.name) for one in accounts.departments(session, officer.authority_id)
    ]
    people = [(str(key), name) for key, name in queries.in_charge(session, officer)]
    return FilterBar(
        action=url_for(_endpoint()),
        filters=[
            _several("township", Text("Township"), townships, wanted.townships),
            _several("kind", Text("Kind"), [*kinds.items(), NOT_SETTLED], wanted.kinds),
            _single(
                "department", Text("Industry department"), [*departments, NOT_SETTLED],
                wanted.department,
            ),
            _single(
                "licensed", Text("Permit"),
                [("yes", Text("Licensed")), ("no", Text("Unlicensed"))], wanted.licensed,
            ),
            _single(
                "officer", Text("Officer in charge"), [*people, (NOBODY, Text("Nobody yet"))],
                wanted.officer,
            ),
            _single("state", Text("State"), InstitutionState.choices(), wanted.state),
            *(_facet(facet, officer) for facet in contributions().facets_of(LISTING)),
        ],
        search_label=Text("Name, initials, address, licence number or telephone"),
        query=wanted.words,
        clear_url=url_for(_endpoint(), view=wanted.view.value),
        leading=5,
        kept=[("view", wanted.view.value)],
    )  # fmt: skip


def _facet(facet: Facet, officer: Officer) -> Filter:
    choices = facet.choices(current_session(), officer)
    return _single(facet.name, facet.label, choices, request.args.get(facet.name, ""))


def _single(name: str, label: Text, choices: Iterable[tuple[Any, Any]], chosen: str) -> Filter:
    everything = Choice("", Text("All"), chosen=not chosen)
    return Filter(
        name,
        label,
        [everything, *(Choice(str(v), words, str(v) == chosen) for v, words in choices)],
        clear_url=address(**{name: None, "at": None}),
    )


def _several(
    name: str, label: Text, choices: Iterable[tuple[str, Any]], chosen: Sequence[str]
) -> Filter:
    return Filter(
        name,
        label,
        [Choice(value, words, value in chosen) for value, words in choices],
        several=True,
        clear_url=address(**{name: None, "at": None}),
    )


def _export_url() -> str:
    """What the list shows, all its pages, as a file."""
    return url_for(".export", **{n: v for n, v in kept().items() if n != "at"})


def address(**changed: Any) -> str:
    """This page's own address with some of its parts changed; ``None`` takes one away.

    The map has the same parts, under its own name.
    """
    return url_for(_endpoint(), **{k: v for k, v in (kept() | changed).items() if v})


def kept() -> dict[str, Any]:
    """The parts of this address, but for names that mean something else to ``url_for``."""
    names = (name for name in request.args if name != "endpoint" and not name.startswith("_"))
    return {name: request.args.getlist(name) for name in names}


def _endpoint() -> str:
    return request.endpoint or ".index"

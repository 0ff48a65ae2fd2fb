"""The filter bar of the ledger: from an address to a question, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import request, url_for
from sqlalchemy.orm import Session

from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import answers
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import Severity, ViolationType
from training_oversight.errors import BadInput
from training_oversight.ledger import queries
from training_oversight.ledger.queries import ItemFilter, View
from training_oversight.ledger.workflow import ItemState
from training_oversight.texts import Text, language
from training_oversight.web import conditions, facets, safe_request
from training_oversight.web.addresses import asking
from training_oversight.web.components import Choice, Filter, FilterBar, Tab
from training_oversight.web.conditions import Condition
from training_oversight.web.contributions import Facet, contributions
from training_oversight.web.facets import FacetInUse
from training_oversight.web.typed_days import Lies, typed_day

Member = TypeVar("Member", bound=StrEnum)

LISTING = "items"
# Which rows; what other areas add comes to it.
OWN = frozenset(
    {
        *("view", "q", "township", "kind", "type", "officer", "severity", "state", "found"),
        *("found_from", "found_to", "institution"),
    }
)
# Which columns: how they are shown.
SHOWING = ("cols",)
ALL = Choice("", Text("All"))
FOUND_BOX = "found"


@dataclass(frozen=True)
class Choices:
    """What the boxes of the bar offer this officer."""

    townships: Mapping[str, tuple[str, str]]
    kinds: Mapping[str, str]
    types: Mapping[str, str]
    officers: Mapping[int, str]
    # What other areas offer, with what the address asks of it.
    facets: Sequence[FacetInUse]

    @classmethod
    def load(cls, session: Session, officer: Officer, today: date) -> Choices:
        owner: dict[str, Any] = {"authority_id": officer.authority_id, "today": today}
        scope = officer.scope

        def offered() -> dict[str, Any]:
            places = accounts.townships(session, scope)
            return {
                "townships": {place.code: (place.name, place.path) for place in places},
                "kinds": catalogue.kind_labels(session, **owner),
                "types": catalogue.labels(session, ViolationType, **owner),
                "officers": accounts.colleague_names(
                    session, scope, today=today, permission=Permission.MANAGE_ITEM
                ),
            }

        question = ("ledger bar", scope.path, *owner.values(), language())
        return cls(
            **answers.kept(session, question, offered),
            facets=facets.asked(LISTING, request.args, session, officer),
        )


def wanted(choices: Choices, today: date) -> ItemFilter:
    """What the address asks for; what cannot be read asks for nothing."""
    args = request.args
    towns = [choices.townships[code][1] for code in args.getlist("township")
             if code in choices.townships]  # fmt: skip
    found_from, found_to = _found(args.get("found", ""), today)
    view = _member(View, args.get("view", "")) or View.ALL
    return ItemFilter(
        view=view,
        q=args.get("q", "").strip()[:100],
        townships=tuple(towns),
        kind=args.get("kind", "") if args.get("kind") in choices.kinds else "",
        type=args.get("type", "") if args.get("type") in choices.types else "",
        officer=args.get("officer", type=int),
        severity=_member(Severity, args.get("severity", "")) or "",
        state=_member(ItemState, args.get("state", "")) or "",
        found_from=_day(args.get("found_from")) or found_from,
        found_to=_day(args.get("found_to")) or found_to,
        institution=args.get("institution", type=int),
        extra=(
            *facets.clauses(choices.facets, today),
            *(stuck(today) if view is View.STUCK else ()),
        ),
    )


def parameters(officer: Officer) -> frozenset[str]:
    """The parts of the list's address that a saved filter keeps."""
    return OWN | {*SHOWING} | {facet.name for facet in contributions().facets_of(LISTING, officer)}


def lasting(parts: Sequence[tuple[str, str]], officer: Officer) -> list[tuple[str, str]]:
    """The same rows for another officer: “in my charge” becomes in this officer's charge."""
    if ("view", View.MINE.value) not in parts:
        return list(parts)
    others = [(name, value) for name, value in parts if name not in ("view", "officer")]
    return [*others, ("view", View.ALL.value), ("officer", str(officer.id))]


def stuck(today: date) -> list[sa.ColumnElement[bool]]:
    """What the desk knows of items that nothing carries on, if it offers that as a filter."""
    found = contributions().every(Facet)
    return [
        one.clause("step", today) for one in found if (one.listing, one.name) == (LISTING, "gap")
    ]


def _member(members: type[Member], value: str) -> Member | None:
    return next((member for member in members if member.value == value), None)


def _day(typed: str | None) -> date | None:
    try:
        return typed_day(typed, Lies.BEHIND) if typed else None
    except BadInput:
        return None


def _found(name: str, today: date) -> tuple[date | None, date | None]:
    """The first and last day of a period named in the bar."""
    month = today.replace(day=1)
    year = month.replace(month=1)
    before = month - timedelta(days=1)
    return {
        "this_month": (month, None),
        "last_month": (before.replace(day=1), before),
        "this_year": (year, None),
        "last_year": (year.replace(year=year.year - 1), year - timedelta(days=1)),
    }.get(name, (None, None))


PERIODS = (
    ("this_month", Text("This month")),
    ("last_month", Text("Last month")),
    ("this_year", Text("This year")),
    ("last_year", Text("Last year")),
)


def bar(choices: Choices, *, save_url: str = "") -> FilterBar:
    """The boxes, with what the address has chosen."""
    return FilterBar(
        action=url_for("ledger.index"),
        filters=_boxes(choices),
        search_label=Text("Number, institution, problem"),
        query=request.args.get("q", ""),
        clear_url=asking("ledger.index", {**_view(), "cols": request.args.getlist("cols")}),
        leading=4,
        save_url=save_url,
        kept=[
            *_view().items(),
            *_kept("institution"),
            *_kept("found_from"),
            *_kept("found_to"),
            *(("cols", one) for one in request.args.getlist("cols")),
        ],
    )


def _boxes(choices: Choices) -> list[Filter]:
    towns = [(code, name) for code, (name, _) in choices.townships.items()]
    return [
        _box("township", Text("Township or street"), towns, several=True),
        _box("kind", Text("Kind"), choices.kinds.items()),
        _box("type", Text("Violation type"), choices.types.items()),
        _box("officer", Text("Officer in charge"), choices.officers.items()),
        _box("severity", Text("Severity"), Severity.choices()),
        _box("state", Text("State"), ItemState.choices()),
        _box(FOUND_BOX, Text("Found"), PERIODS),
        *(one.box(_cleared) for one in choices.facets),
    ]


def _box(
    name: str, label: Text, options: Iterable[tuple[object, object]], *, several: bool = False
) -> Filter:
    chosen = set(request.args.getlist(name))
    offered = [Choice(str(value), words, str(value) in chosen) for value, words in options]
    return Filter(
        name=name,
        label=label,
        choices=offered if several else [ALL, *offered],
        several=several,
        clear_url=asking("ledger.index", without(name)) if chosen else "",
    )


def _cleared(name: str) -> str:
    return asking("ledger.index", without(name))


def _view() -> dict[str, str]:
    return {"view": request.args["view"]} if request.args.get("view") else {}


def _kept(name: str) -> list[tuple[str, str]]:
    return [(name, request.args[name])] if request.args.get(name) else []


def without(*names: str) -> dict[str, list[str]]:
    """The arguments of the address but for these and the place in the pages."""
    left_out = {*names, "at"}
    return {name: values for name, values in safe_request.parts().items() if name not in left_out}


def tabs(counted: Mapping[str, int], current: View) -> list[Tab]:
    return [
        Tab(
            view.label,
            url_for("ledger.index", view=view.value),
            counted[view.value],
            current=view is current,
        )
        for view in queries.View
    ]


def conditions_of(
    session: Session, officer: Officer, choices: Choices, asked: ItemFilter
) -> list[Condition]:
    """Everything that the list is filtered by, for a print and for the history of an export."""
    found = conditions.of(bar(choices), view=asked.view.label, search=asked.q, without=(FOUND_BOX,))
    # Days, because nobody knows later which month “this month” was.
    found += [
        (label, [day])
        for label, day in (
            (Text("Found from"), asked.found_from),
            (Text("Found until"), asked.found_to),
        )
        if day is not None
    ]
    if asked.institution is not None:
        name = queries.institution_name(session, officer, asked.institution)
        found.append((Text("Institution"), [name or Text("Not known")]))
    return found

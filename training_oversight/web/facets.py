"""Filters that upper areas add to a list: read from an address, drawn as boxes of its bar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from training_oversight.errors import BadInput
from training_oversight.texts import Text
from training_oversight.web.components import Choice, Filter, Words
from training_oversight.web.contributions import Facet, FacetKind, Pairs, Who, contributions
from training_oversight.web.typed_days import Lies, typed_day

EVERYTHING = Text("All")


@dataclass(frozen=True)
class FacetInUse:
    """A facet with what it offers this officer, and what an address asks of it, if anything."""

    facet: Facet[Any]
    choices: Pairs
    value: str

    def box(self, clear_url: Callable[[str], str]) -> Filter:
        if self.facet.kind is FacetKind.DAY:
            return day_box(self.facet.name, self.facet.label, self.value, clear_url)
        return box(self.facet.name, self.facet.label, self.choices, self.value, clear_url)


def asked(
    listing: str, args: MultiDict[str, str], session: Session, officer: Who
) -> list[FacetInUse]:
    """The facets of a list that this officer may use. What they cannot read asks for nothing."""
    found = []
    for facet in contributions().facets_of(listing, officer):
        choices = facet.choices(session, officer)
        typed = args.get(facet.name, "").strip()
        if facet.kind is FacetKind.DAY:
            value = day.isoformat() if (day := day_of(typed)) else ""
        else:
            value = typed if any(typed == str(one) for one, _ in choices) else ""
        found.append(FacetInUse(facet, choices, value))
    return found


def clauses(found: Iterable[FacetInUse], today: date) -> list[ColumnElement[bool]]:
    return [one.facet.clause(one.value, today) for one in found if one.value]


def day_of(typed: str) -> date | None:
    """A day in any of the forms people use; nothing for what is none."""
    try:
        return typed_day(typed, Lies.BEHIND) if typed else None
    except BadInput:
        return None


def no_choices(_session: Session, _officer: object) -> Pairs:
    return ()


def box(
    name: str,
    label: Text,
    choices: Iterable[tuple[object, Words]],
    chosen: str,
    clear_url: Callable[[str], str],
) -> Filter:
    """A select of one."""
    everything = Choice("", EVERYTHING, chosen=not chosen)
    return Filter(
        name,
        label,
        [everything, *(Choice(str(v), words, str(v) == chosen) for v, words in choices)],
        clear_url=clear_url(name),
    )


def many_box(
    name: str,
    label: Text,
    choices: Iterable[tuple[str, Words]],
    chosen: Sequence[str],
    clear_url: Callable[[str], str],
) -> Filter:
    """Boxes to tick."""
    offered = [Choice(value, words, value in chosen) for value, words in choices]
    return Filter(name, label, offered, several=True, clear_url=clear_url(name))


def day_box(name: str, label: Text, chosen: str, clear_url: Callable[[str], str]) -> Filter:
    """A day to be typed; ``chosen`` is in ISO form, or empty."""
    typed = [Choice(chosen, date.fromisoformat(chosen), chosen=True)] if chosen else []
    return Filter(name, label, typed, clear_url=clear_url(name), day=True)

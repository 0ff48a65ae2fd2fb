"""What the register says of an institution, field by field as a list would say it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from training_oversight.audit.differences import plain
from training_oversight.intake.company import Values
from training_oversight.intake.matching import PLACES, REMARKS
from training_oversight.law.identifiers import clean_licence_number
from training_oversight.names.naming import match_name
from training_oversight.registry.fields import (
    BY_NAME,
    OWN_COLUMNS,
    PAPER_COLUMNS,
    PLACE_COLUMNS,
    Field,
    Kind,
)
from training_oversight.registry.models import Institution, Licence, Stage, Venue
from training_oversight.registry.queries import paper_meant
from training_oversight.registry.service import FormerName

# A row keeps its values as JSON has them; the register wants these otherwise.
_MADE: Mapping[Kind, Callable[[Field, Any], object]] = {
    Kind.ALIASES: lambda _, names: tuple(names),
    Kind.FORMER_NAMES: lambda _, names: tuple(FormerName.of(kept) for kept in names),
    Kind.STAGES: lambda _, told: tuple(stage for stage in Stage if stage.value in told),
    Kind.CHOICE: lambda field, value: next(
        one for one in field.choices or () if one.value == value
    ),
    Kind.DAY: lambda _, day: date.fromisoformat(day),
    Kind.LAST_DAY: lambda _, day: date.fromisoformat(day),
}


def as_typed(name: str, value: object) -> Any:
    """A value of a row as an officer would have typed it."""
    field = BY_NAME[name]
    make = _MADE.get(field.kind)
    return make(field, value) if make else value


def on_register(institution: Institution, number: str | None = None) -> dict[str, Any]:
    """Field -> value. The licence is the one of that number, else the one that counts."""
    paper = licence_meant(institution, number)
    venue = institution.main_venue
    return _of(institution, OWN_COLUMNS) | _of(venue, PLACE_COLUMNS) | _of(paper, PAPER_COLUMNS)


def _of(
    record: Institution | Venue | Licence | None, names: Mapping[str, str]
) -> dict[str, object]:
    return {field: plain(getattr(record, column, None)) for field, column in names.items()}


def licence_meant(institution: Institution, number: str | None = None) -> Licence | None:
    """The licence with that number; without one, the training permit that runs longest."""
    found = [one for one in institution.licences if number is None or _has_number(one, number)]
    # A renewed permit often bears the number of the one that ended.
    meant: Licence | None = paper_meant(found)
    return next(iter(found), None) if meant is None and number is not None else meant


def _has_number(licence: Licence, number: str) -> bool:
    """Also where it was typed in with what is printed around it: 教民…号."""
    own = licence.number or ""
    return own == number or clean_licence_number(own).number == number


def differences(institution: Institution, values: Values) -> dict[str, list[Any]]:
    """Field -> [old, new] for what a row says otherwise. What it leaves empty stays."""
    now = on_register(institution, values.get("licence_number"))
    told = {name: value for name, value in values.items() if name not in homeless(values, now)}
    if "aliases" in told:
        told["aliases"] = _joined(now["aliases"], told["aliases"])
    if "former_names" in told:
        told["former_names"] = _formerly(now["former_names"], told["former_names"])
    if match_name(told["name"]) == institution.match_name:
        # Other brackets or width are no other name.
        del told["name"]
    if remarks := told.pop(REMARKS, ()):
        told["note"] = remarked(told.get("note") or now["note"], remarks)
    places = _unknown(institution, told.get(PLACES, ()))
    told = {field: value for field, value in told.items() if field in BY_NAME}
    found = {field: [now[field], value] for field, value in told.items() if now[field] != value}
    return {**found, PLACES: [None, places]} if places else found


def _unknown(institution: Institution, places: Iterable[Values]) -> list[Values]:
    """The places of a row at which the register has no venue yet."""
    known = {match_name(one.address) for one in institution.venues if one.ended_on is None}
    return [one for one in places if match_name(one["address"]) not in known]


def remarked(note: str | None, remarks: Iterable[str]) -> str:
    """The note with those remarks that it does not have yet."""
    lines = [note] if note else []
    return "\n".join([*lines, *(one for one in remarks if one not in (note or ""))])


def homeless(values: Mapping[str, object], now: Mapping[str, object]) -> set[str]:
    """What a row says of a licence whose number neither it nor the register knows."""
    if values.get("licence_number") or now.get("licence_number"):
        return set()
    return set(PAPER_COLUMNS) & values.keys()


def _joined(before: list[str], told: list[str]) -> list[str]:
    """The names known so far and those that are new: a list never takes one away."""
    known = {match_name(name) for name in before}
    return [*before, *(name for name in told if match_name(name) not in known)]


def _formerly(
    before: list[dict[str, object]], told: list[dict[str, object]]
) -> list[dict[str, Any]]:
    """The same for former names, which carry their last day where it is known."""
    known = {match_name(one["name"]) for one in before}
    return [*before, *(one for one in told if match_name(one["name"]) not in known)]

"""A value of the register as a cell of a list says it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Authority, Division, Officer, Scope
from training_oversight.catalogue import queries as catalogue
from training_oversight.registry.fields import BY_NAME, Kind
from training_oversight.registry.models import Stage
from training_oversight.texts import rendered

Words = Mapping[str, Mapping[Any, Any]]
Showing = Callable[[Any], object]

# No workbook can hold these, and no list says anything with them.
_UNWRITABLE = re.compile(r"[\x00\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?")
# Nearly no text has one of either.
_ODD = re.compile(f"\r|{_UNWRITABLE.pattern}")


def words_for(session: Session, authority: Authority, *, today: date) -> Words:
    """What stands for keys: names of kinds, townships and officers."""
    inside = Scope(authority.division.path)
    divisions = session.scalars(sa.select(Division).where(inside.clause(Division.path)))
    colleagues = session.scalars(
        sa.select(Officer).where(Officer.authority_id == authority.id).order_by(Officer.id)
    ).all()
    names = [one.name for one in colleagues]
    return {
        "kind_code": catalogue.kind_labels(session, authority_id=authority.id, today=today),
        "division_id": {one.id: one.name for one in divisions},
        # Of two officers of one name the user name says which.
        "officer_in_charge_id": {
            one.id: one.name if names.count(one.name) == 1 else one.username for one in colleagues
        },
    }


def shown(name: str, value: object, words: Words) -> object:
    """One value; a preview has it as JSON keeps it."""
    return "" if value is None else showing(name, words)(value)


def showing(name: str, words: Words) -> Showing:
    """How the values of a field are shown. Settled once for a column of many thousand."""
    if name in words:
        return _named(words[name])
    field = BY_NAME[name]
    if field.kind is Kind.CHOICE:
        return _named({one.value: one for one in field.choices or ()})
    return _BY_KIND.get(field.kind, _plainly)


def _named(names: Mapping[object, object]) -> Showing:
    return lambda value: names.get(value, value)


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _stages(value: list[str]) -> str:
    return "、".join(rendered(one) for one in Stage if one.value in value)


def _degrees(value: float) -> Decimal:
    """A millimetre; a spreadsheet keeps fifteen digits and would change the sixteenth."""
    return Decimal(f"{value:.8f}")


def _plainly(value: object) -> object:
    if isinstance(value, str) and _ODD.search(value):
        return _UNWRITABLE.sub("", _LINE_ENDS.sub("\n", value))
    return value


_BY_KIND: Mapping[Kind, Showing] = {
    Kind.STAGES: _stages,
    Kind.ALIASES: lambda names: "、".join(map(str, map(_plainly, names))),
    Kind.FORMER_NAMES: lambda names: "、".join(str(_plainly(one["name"])) for one in names),
    Kind.DAY: _day,
    Kind.LAST_DAY: _day,
    Kind.LATITUDE: _degrees,
    Kind.LONGITUDE: _degrees,
}

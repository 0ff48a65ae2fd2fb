"""What the register itself says of an institution, as the first table of its dossier."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from training_oversight.registry import presenting
from training_oversight.registry.fields import BY_NAME, OWN, Field, Kind, arranged
from training_oversight.registry.models import Institution
from training_oversight.texts import Text

Cell = object
EMPTY = (None, "")
COMMA = Text(", ")
# The name is the title; these two stand in the row of what they belong to.
ELSEWHERE = ("name", "platform_entered_on", "fund_bank")
# The row of the state, which is no field, stands before this field.
STATE_BEFORE = "industry_department_id"


@dataclass(frozen=True)
class Saying:
    """An institution, and what is asked to put its fields into words."""

    one: Institution
    kinds: Mapping[str, str]
    today: date


def facts(one: Institution, kinds: Mapping[str, str], *, today: date) -> list[tuple[Text, Cell]]:
    """Personal numbers are masked on paper and screen alike.

    What every file has to have is there, too, when it is missing: that is worth reading.
    """
    about = Saying(one, kinds, today)
    rows: list[tuple[Text, Cell]] = []
    for field in arranged(OWN, presenting.FACTS_FIRST):
        if field.name == STATE_BEFORE:
            rows.append((Text("State"), _state(one)))
        value = None if field.name in ELSEWHERE else _said(field, about)
        if value not in EMPTY:
            rows.append((field.label, value))
        elif field.needed and field.name not in ELSEWHERE:
            rows.append((field.label, Text("Not known")))
    return rows


def joined(parts: Iterable[Cell], mark: Text | str = COMMA) -> str:
    return str(mark).join(str(part) for part in parts if part)


def _said(field: Field, about: Saying) -> Cell:
    say = WITH_MORE.get(field.name) or BY_KIND.get(field.kind)
    if say is not None:
        return say(about)
    value: Cell = getattr(about.one, field.column)
    return presenting.masked(field, str(value or "")) if field.protected else value


def _state(one: Institution) -> Cell:
    """The state, and since when, or when it is to end."""
    state = presenting.state_status(one).label
    if one.closed_on is not None:
        return Text("%(state)s on %(day)s", state=state, day=one.closed_on)
    if one.ending_on is not None:
        return Text("%(state)s, to end on %(day)s", state=state, day=one.ending_on)
    if one.ordered_to_stop_on is not None:
        return Text("%(state)s since %(day)s", state=state, day=one.ordered_to_stop_on)
    return state


def _department(one: Institution) -> Cell:
    if one.industry_department is None or not one.department_overridden:
        return one.industry_department and one.industry_department.name
    return Text("%(department)s (decided by hand)", department=one.industry_department.name)


def _in_charge(about: Saying) -> Cell:
    charge = about.one.officer_in_charge
    return charge and presenting.charged(charge, about.today)


def _counted(number: int | None, on_day: date | None) -> Cell:
    if number is None or on_day is None:
        return number
    return Text("%(number)s (as of %(day)s)", number=number, day=on_day)


def _platform(one: Institution) -> Cell:
    if one.platform_id is None or one.platform_entered_on is None:
        return one.platform_id
    return Text("%(number)s (entered on %(day)s)", number=one.platform_id,
                day=one.platform_entered_on)  # fmt: skip


def _account(one: Institution) -> str:
    number = presenting.masked(BY_NAME["fund_account"], one.fund_account)
    return joined([one.fund_bank, number], " ")


def _former(name: Mapping[str, str]) -> Cell:
    until = name.get("until")
    if not until:
        return name["name"]
    return Text("%(name)s (until %(day)s)", name=name["name"], day=date.fromisoformat(until))


# What stands in one row with something else.
WITH_MORE: Mapping[str, Callable[[Saying], Cell]] = {
    "pupils": lambda about: _counted(about.one.pupils, about.one.counted_on),
    "staff": lambda about: _counted(about.one.staff, about.one.counted_on),
    "platform_id": lambda about: _platform(about.one),
    "fund_account": lambda about: _account(about.one),
}
BY_KIND: Mapping[Kind, Callable[[Saying], Cell]] = {
    Kind.INSTITUTION_KIND: lambda about: about.kinds.get(about.one.kind_code or ""),
    Kind.DEPARTMENT: lambda about: _department(about.one),
    Kind.OFFICER: _in_charge,
    Kind.TOWNSHIP: lambda about: about.one.division.name,
    Kind.STAGES: lambda about: joined(one.label for one in presenting.stages(about.one)),
    Kind.FORMER_NAMES: lambda about: joined(map(_former, about.one.former_names)),
    Kind.ALIASES: lambda about: joined(about.one.aliases),
}
